package dev.minitower.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.model.api.RunResponse;
import dev.minitower.model.lifecycle.RunStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Cancel and timeout: a run that has ended has left no process behind. */
class StopRunIT {
  @RegisterExtension static final Site site = Site.withShortLeases();

  /**
   * Has a child, a grandchild in a session of its own, and a child that a TERM does not stop; all
   * of them would outlive the test.
   */
  private static final String STUBBORN_FAMILY =
      """
      import subprocess, time
      subprocess.Popen(["sleep", "600"])
      subprocess.Popen(["setsid", "sh", "-c", "sleep 601 & wait"])
      deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
      deaf += "print('deaf', flush=True); signal.pause()"
      subprocess.Popen(["python3", "-c", deaf])
      while True:
          time.sleep(1)
      """;

  private static final int FAMILY = 5;

  private final Witness witness = Witness.make();

  @BeforeEach
  void startRunner() {
    var unused = site.startRunner("worker");
  }

  @Test
  void cancelled_run_ends_with_its_whole_process_tree_and_the_watch_with_2() {
    site.cli().deploy(site.python("family", STUBBORN_FAMILY));
    long runId = site.api().createRun("family", witness.input(), 3).runId();
    Cli.Call watch = site.cli().start("runs", "watch", "" + runId);
    site.api().awaitLine(runId, 1, "deaf");
    assertThat(witness.processes()).hasSizeGreaterThanOrEqualTo(FAMILY);

    Cli.Result cancel = site.cli().mustRun("runs", "cancel", "" + runId);

    RunResponse ended = site.api().awaitEnd(runId);
    assertThat(witness.processes()).isEmpty();
    assertThat(ended.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(ended.attempts()).hasSize(1);
    assertThat(cancel.out()).contains("is being cancelled");
    assertThat(watch.awaitEnd().exitCode()).isEqualTo(2);
  }

  @Test
  void run_over_its_time_fails_with_its_whole_process_tree_gone() {
    site.cli()
        .deploy(
            site.project("slow", "script = \"main.py\"\ntimeout.seconds = 2\n")
                .with("main.py", STUBBORN_FAMILY));
    long runId = site.api().createRun("slow", witness.input(), 3).runId();

    RunResponse ended = site.api().awaitEnd(runId);

    assertThat(witness.processes()).isEmpty();
    assertThat(ended.status()).isEqualTo(RunStatus.FAILED);
    assertThat(ended.errorMessage()).contains("timed out after 2 s");
    assertThat(ended.retryCount()).isZero();
    assertThat(site.api().lines(runId, 1)).containsExactly("deaf");
    assertThat(site.cli().run("runs", "watch", "" + runId).exitCode()).isEqualTo(1);
  }

  @Test
  void queued_run_that_is_cancelled_is_never_started() {
    site.cli().deploy(site.python("busy", STUBBORN_FAMILY));
    long first = site.api().createRun("busy", witness.input(), 0).runId();
    site.api().awaitLine(first, 1, "deaf");
    long second = site.api().createRun("busy", witness.input(), 0).runId();

    Cli.Result cancel = site.cli().mustRun("runs", "cancel", "" + second);

    assertThat(cancel.out()).contains("run " + second + " is cancelled");
    var unused = site.cli().mustRun("runs", "cancel", "" + first);
    assertThat(site.api().awaitEnd(first).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(site.api().run(second).attempts()).isNullOrEmpty();
    assertThat(witness.processes()).isEmpty();
  }
}
