package dev.minitower.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.bench.LyingServer.Lie;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class BenchMainTest {
  private final StringWriter out = new StringWriter();

  @TempDir private Path folder;

  private int run(Lie lie, String... args) throws IOException {
    try (var server = new LyingServer(lie)) {
      List<String> all = new ArrayList<>(List.of(args));
      all.addAll(List.of("--url", server.url(), "--json", json().toString()));
      return BenchMain.commandLine()
          .setOut(new PrintWriter(out, true))
          .setErr(new PrintWriter(out, true))
          .execute(all.toArray(String[]::new));
    }
  }

  private int steady(Lie lie) throws IOException {
    return run(
        lie,
        "steady",
        "--runners=3",
        "--warm-up=0",
        "--seconds=1",
        "--log-lines=120",
        "--queue=5",
        "--patience=5",
        "--wait=0");
  }

  private Path json() {
    return folder.resolve("figures.json");
  }

  @Test
  void a_server_that_keeps_the_contract_gets_its_figures() throws IOException {
    int code = steady(Lie.NONE);

    assertThat(out.toString()).contains("cycles_per_second").contains("result_p99_ms");
    assertThat(code).isZero();
    assertThat(json()).content().contains("\"clean\":true").contains("\"cycles_per_second\":");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          LOSES_A_RUN,      run 10 was created and never leased
          LEASES_TWICE,     run 10 was leased again
          DROPS_A_LINE,     'in the log of run 10 line 2 is missing, line 3 comes next'
          FORGETS_A_RESULT, run 10 is queued at the end
          REFUSES_A_START,  start was answered 500
          """)
  void a_server_that_lies_gets_none(Lie lie, String violation) throws IOException {
    int code = steady(lie);

    assertThat(out.toString()).contains(violation).doesNotContain("cycles_per_second");
    assertThat(code).isOne();
    assertThat(json()).content().contains("\"clean\":false").contains("run 10");
  }

  @Test
  void a_queue_that_was_filled_is_drained() throws IOException {
    int code = run(Lie.NONE, "drain", "--runs=300", "--runners=3", "--warm-up=1", "--seconds=5");

    assertThat(out.toString()).contains("creates_per_second").contains("cycles_per_second");
    assertThat(code).isZero();
    assertThat(Files.exists(json())).isTrue();
  }

  @Test
  void a_server_must_be_named() throws IOException {
    int code = BenchMain.commandLine().setErr(new PrintWriter(out, true)).execute("steady");

    assertThat(code).isEqualTo(2);
    assertThat(out.toString()).contains("--url").contains("--server-jar");
  }

  @Test
  void a_server_that_does_not_start_says_why_and_leaves_nothing() throws IOException {
    Path program = folder.resolve("server");
    Files.writeString(program, "#!/bin/sh\necho no disk >&2\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Path work = folder.resolve("work");

    int code =
        BenchMain.commandLine()
            .setErr(new PrintWriter(out, true))
            .execute("steady", "--server-jar=" + program, "--work-dir=" + work);

    assertThat(code).isOne();
    assertThat(out.toString()).contains("the server did not start:").contains("no disk");
    assertThat(work).isEmptyDirectory();
  }
}
