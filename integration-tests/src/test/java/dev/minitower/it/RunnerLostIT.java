package dev.minitower.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.minitower.model.api.AttemptResponse;
import dev.minitower.model.api.RunResponse;
import dev.minitower.model.lifecycle.AttemptStatus;
import dev.minitower.model.lifecycle.RunStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A runner that dies or leaves in the middle of a run: another one does it, alone. */
class RunnerLostIT {
  @RegisterExtension static final Site site = Site.withShortLeases();

  private static final int LINES = 60;

  /**
   * Writes lines for three seconds. It and its child hold a lock of the kernel's while they live: a
   * second execution beside them fails at once.
   */
  private static final String JEALOUS =
      """
      import fcntl, os, subprocess, sys, time
      lock = open(os.environ["lock"], "w")
      try:
          fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
      except BlockingIOError:
          sys.exit("another execution of this run is alive")
      child = subprocess.Popen(["sleep", "600"], pass_fds=[lock.fileno()])
      for i in range(1, 61):
          print("line", i)
          time.sleep(0.05)
      child.kill()
      """;

  private final Witness witness = Witness.make();

  @Test
  void run_of_a_killed_runner_is_done_again_by_another() {
    site.cli().deploy(site.python("jealous", JEALOUS));
    RunnerProcess first = site.startRunner("first");
    long runId = site.api().createRun("jealous", input(), 1).runId();
    site.api().awaitLine(runId, 1, "line 10");

    first.killHard();
    var second = site.startRunner("second");

    RunResponse ended = site.api().awaitEnd(runId);
    assertThat(ended.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(ended.retryCount()).isEqualTo(1);
    assertThat(attempts(ended))
        .containsExactly(
            tuple(AttemptStatus.EXPIRED, first.name()),
            tuple(AttemptStatus.COMPLETED, second.name()));
    assertThat(allLines()).startsWith(site.api().lines(runId, 1).toArray(String[]::new));
    assertThat(site.api().lines(runId, 2)).isEqualTo(allLines());
    assertThat(witness.processes()).isEmpty();
  }

  @Test
  void killed_runner_takes_its_processes_along_and_without_budget_the_run_is_dead() {
    site.cli().deploy(site.python("mortal", JEALOUS));
    RunnerProcess runner = site.startRunner("mortal");
    long runId = site.api().createRun("mortal", input(), 0).runId();
    site.api().awaitLine(runId, 1, "line 5");

    runner.killHard();

    Eventually.within(Duration.ofSeconds(8)).holds(() -> assertThat(witness.processes()).isEmpty());
    RunResponse ended = site.api().awaitEnd(runId);
    assertThat(ended.status()).isEqualTo(RunStatus.DEAD);
    assertThat(site.cli().run("runs", "watch", "" + runId).exitCode()).isEqualTo(1);
  }

  @Test
  void stopped_runner_hands_its_run_back_and_no_retry_is_spent() {
    site.cli().deploy(site.python("returned", JEALOUS));
    RunnerProcess leaving = site.startRunner("leaving");
    long runId = site.api().createRun("returned", input(), 0).runId();
    site.api().awaitLine(runId, 1, "line 10");

    int exitCode = leaving.stop();

    assertThat(exitCode).isZero();
    assertThat(witness.processes()).isEmpty();
    assertThat(site.api().run(runId).status()).isEqualTo(RunStatus.QUEUED);
    var staying = site.startRunner("staying");
    RunResponse ended = site.api().awaitEnd(runId);
    assertThat(ended.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(ended.retryCount()).isZero();
    assertThat(attempts(ended))
        .containsExactly(
            tuple(AttemptStatus.EXPIRED, leaving.name()),
            tuple(AttemptStatus.COMPLETED, staying.name()));
    assertThat(site.api().lines(runId, 2)).isEqualTo(allLines());
  }

  @Test
  void runner_that_comes_back_hands_back_what_it_was_killed_in() {
    site.cli().deploy(site.python("comeback", JEALOUS));
    RunnerProcess before = site.startRunner("comeback");
    long runId = site.api().createRun("comeback", input(), 0).runId();
    site.api().awaitLine(runId, 1, "line 10");

    before.killHard();
    var unused = site.startRunner("comeback");

    RunResponse ended = site.api().awaitEnd(runId);
    assertThat(ended.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(ended.retryCount()).isZero();
    assertThat(ended.attempts()).hasSize(2);
  }

  private Map<String, @Nullable Object> input() {
    var input = new HashMap<>(witness.input());
    input.put("lock", site.folder().resolve(witness.word() + ".lock").toString());
    return input;
  }

  private static List<Tuple> attempts(RunResponse run) {
    List<AttemptResponse> attempts = run.attempts();
    return attempts.stream().map(a -> tuple(a.status(), a.runnerName())).toList();
  }

  private static List<String> allLines() {
    return IntStream.rangeClosed(1, LINES).mapToObj(i -> "line " + i).toList();
  }
}
