package dev.minitower.runner.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.minitower.model.lifecycle.EndReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {
  private static final String EATS_MEMORY =
      "python3 -c 'a = []\nwhile True: a.append(bytearray(1000000))'";

  private final List<String> lines = new CopyOnWriteArrayList<>();

  @TempDir Path folder;

  @Test
  void open_files_are_limited() throws Exception {
    Exit exit = run(new Limits(64, null, null, null), "ulimit -n");

    assertThat(exit.code()).isZero();
    assertThat(lines).containsExactly("64");
  }

  @Test
  void processes_are_limited() throws Exception {
    Exit exit = run(new Limits(null, 500, null, null), "grep 'Max processes' /proc/self/limits");

    assertThat(exit.code()).isZero();
    assertThat(lines.get(0).split(" +")).contains("500");
  }

  @Test
  void memory_is_limited_and_the_program_is_told() throws Exception {
    Exit exit = run(new Limits(null, null, 100L << 20, null), EATS_MEMORY);

    assertThat(exit.code()).isEqualTo(1);
    assertThat(lines).contains("MemoryError");
  }

  @Test
  void program_that_has_used_its_cpu_time_up_is_ended_by_its_own_signal() throws Exception {
    Exit exit = run(new Limits(null, null, null, Duration.ofSeconds(1)), "while :; do :; done");

    assertThat(Ending.of(exit, Duration.ZERO).message())
        .isEqualTo("signal: ended by SIGXCPU (exit code 152)");
  }

  @Test
  void program_that_the_kernel_killed_for_want_of_memory_is_said_to_be_out_of_memory()
      throws Exception {
    Path group = Path.of("/sys/fs/cgroup/memory/minitower-test-" + UUID.randomUUID());
    assumeTrue(makeGroup(group), "no memory control group can be made here");
    try {
      String script = "echo $$ > %s; exec %s".formatted(group.resolve("cgroup.procs"), EATS_MEMORY);

      Exit exit = run(Limits.NONE, script);

      assertThat(Ending.of(exit, Duration.ZERO).reason()).isEqualTo(EndReason.OUT_OF_MEMORY);
    } finally {
      Files.delete(group);
    }
  }

  @Test
  void program_that_somebody_else_killed_is_not() throws Exception {
    Exit exit = run(Limits.NONE, "kill -s KILL $$");

    assertThat(Ending.of(exit, Duration.ZERO).reason()).isEqualTo(EndReason.SIGNAL);
  }

  @Test
  void limits_that_can_not_be_set_stop_the_start() {
    var more = new Limits(Integer.MAX_VALUE, null, null, null);

    assertThatThrownBy(
            () -> Confinement.detect(Isolation.PROCESS, more, new Sandbox(List.of(), true)))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("the limits can't be set")
        .hasMessageContaining("prlimit");
  }

  private static boolean makeGroup(Path group) {
    try {
      Files.createDirectory(group);
      Files.writeString(group.resolve("memory.limit_in_bytes"), Integer.toString(60 << 20));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Exit run(Limits limits, String script) throws IOException, InterruptedException {
    var command =
        new Command(
            List.of("/bin/sh", "-c", script),
            Map.of("PATH", System.getenv("PATH")),
            folder,
            Duration.ofSeconds(60),
            new Marker(UUID.randomUUID().toString(), 1),
            new Access(List.of(folder), List.of(), false));
    return new Supervisor(
            new Confinement(new SessionHold(), Isolation.PROCESS, limits, ""),
            Duration.ofSeconds(1))
        .run(command, new LineSink((stream, line) -> lines.add(line)), new StopSignal());
  }
}
