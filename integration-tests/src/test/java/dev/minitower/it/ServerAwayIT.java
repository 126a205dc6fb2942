package dev.minitower.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.model.api.LogEntryResponse;
import dev.minitower.model.api.RunResponse;
import dev.minitower.model.lifecycle.AttemptStatus;
import dev.minitower.model.lifecycle.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that goes away and comes back while runs are under way: nobody notices in the end. */
class ServerAwayIT {
  @RegisterExtension static final Site site = Site.withLongLeases();

  private static final int LINES = 5_000;

  private final Witness witness = Witness.make();

  @BeforeEach
  void startRunner() {
    var unused = site.startRunner("worker");
  }

  @Test
  void run_goes_on_over_two_kills_of_the_server_and_its_log_has_no_gap() {
    site.cli()
        .deploy(
            site.python(
                "steady",
                """
                import time
                for i in range(1, 5001):
                    print("line", i)
                    if i % 10 == 0:
                        time.sleep(0.02)
                """));
    long runId = site.api().createRun("steady", witness.input(), 0).runId();
    Cli.Call watch = site.cli().start("runs", "watch", "" + runId);

    for (int printed : List.of(500, 2_500)) {
      site.api().awaitLine(runId, 1, "line " + printed);
      site.server().killHard();
      DatabaseCheck.assertSound(site.server(), site.folder());
      site.server().startAgain();
    }

    assertCompletedOnFirstAttempt(runId);
    assertThat(site.api().lines(runId, 1)).isEqualTo(allLines());
    assertThat(site.api().log(runId, 1))
        .extracting(LogEntryResponse::seq)
        .isEqualTo(LongStream.rangeClosed(1, LINES).boxed().toList());
    Cli.Result watched = watch.awaitEnd();
    assertThat(watched.exitCode()).as(watched.err()).isZero();
    assertThat(watched.lines()).isEqualTo(allLines());
  }

  @Test
  void run_that_ends_while_the_server_is_away_is_completed_when_it_is_back() throws IOException {
    Path gate = site.folder().resolve(witness.word() + ".gate");
    site.cli()
        .deploy(
            site.python(
                "gated",
                """
                import os, time
                print("before", flush=True)
                while not os.path.exists(os.environ["gate"]):
                    time.sleep(0.02)
                print("after")
                """));
    Map<String, @Nullable Object> input = new HashMap<>(witness.input());
    input.put("gate", gate.toString());
    long runId = site.api().createRun("gated", input, 0).runId();
    site.api().awaitLine(runId, 1, "before");

    site.server().killHard();
    var unused = Files.createFile(gate);
    Eventually.within(Duration.ofSeconds(20))
        .holds(() -> assertThat(witness.processes()).isEmpty());
    site.server().startAgain();

    assertCompletedOnFirstAttempt(runId);
    assertThat(site.api().lines(runId, 1)).containsExactly("before", "after");
  }

  @Test
  void stop_by_signal_ends_with_0_and_a_database_in_one_file_and_loses_no_run() {
    site.cli()
        .deploy(
            site.python(
                "patient",
                """
                import time
                for i in range(1, 101):
                    print("line", i)
                    time.sleep(0.05)
                """));
    long runId = site.api().createRun("patient", witness.input(), 0).runId();
    Cli.Call watch = site.cli().start("runs", "watch", "" + runId);
    var unused =
        Eventually.within(Duration.ofSeconds(60))
            .see("the watch under way", watch::linesSoFar, lines -> lines >= 10);

    int exitCode = site.server().stop();

    assertThat(exitCode).isZero();
    assertThat(site.server().database()).exists();
    assertThat(site.server().dataDir().resolve("minitower.db-wal")).doesNotExist();
    site.server().startAgain();
    assertCompletedOnFirstAttempt(runId);
    assertThat(watch.awaitEnd().lines())
        .isEqualTo(IntStream.rangeClosed(1, 100).mapToObj(i -> "line " + i).toList());
  }

  private static void assertCompletedOnFirstAttempt(long runId) {
    RunResponse ended = site.api().awaitEnd(runId);
    assertThat(ended.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(ended.attempts())
        .singleElement()
        .satisfies(attempt -> assertThat(attempt.status()).isEqualTo(AttemptStatus.COMPLETED));
  }

  private static List<String> allLines() {
    return IntStream.rangeClosed(1, LINES).mapToObj(i -> "line " + i).toList();
  }
}
