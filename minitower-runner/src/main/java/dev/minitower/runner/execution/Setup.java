package dev.minitower.runner.execution;

import dev.minitower.model.lifecycle.EndReason;
import dev.minitower.runner.cache.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The preparations of one run: its programs, and the time for all of them. */
final class Setup {
  /** The server allows 15 minutes for all preparations. */
  private static final Duration TIMEOUT = Duration.ofMinutes(14);

  private final Supervisor supervisor;
  private final Workspace workspace;
  private final Marker marker;
  private final OutputSink output;
  private final StopSignal stop;
  private final long startNanos = System.nanoTime();

  Setup(
      Supervisor supervisor,
      Workspace workspace,
      Marker marker,
      OutputSink output,
      StopSignal stop) {
    this.supervisor = supervisor;
    this.workspace = workspace;
    this.marker = marker;
    this.output = output;
    this.stop = stop;
  }

  Workspace workspace() {
    return workspace;
  }

  void note(String text) {
    output.note(text);
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /** For what another run prepares. */
  Patience patience(String told) {
    return new Patience(stop.requested(), startNanos + TIMEOUT.toNanos(), () -> output.note(told));
  }

  /** Why {@link #patience} ended. */
  SetupEndedException waitedInVain() {
    return new SetupEndedException(
        stop.reason().map(Ending::stopped).orElseGet(Setup::tookTooLong));
  }

  /**
   * Runs a program; its output goes to the run's log.
   *
   * @param failure what to say if it fails, with a place for its exit code
   */
  void run(List<String> line, Map<String, String> variables, Access access, String failure)
      throws IOException, InterruptedException, SetupEndedException {
    Duration left = TIMEOUT.minus(elapsed());
    if (left.isNegative()) {
      throw new SetupEndedException(tookTooLong());
    }
    var command = new Command(line, variables, workspace.project(), left, marker, access);
    var listener = new DiskFull.Listener(output);
    Exit exit = supervisor.run(command, listener, stop);
    StopReason stopped = exit.stopped();
    if (stopped == StopReason.TIMEOUT) {
      throw new SetupEndedException(tookTooLong());
    }
    if (stopped != null) {
      throw new SetupEndedException(Ending.stopped(stopped));
    }
    if (exit.code() != 0 && listener.heard()) {
      throw new SetupEndedException(
          Ending.handedBack(EndReason.DISK_FULL, failure.formatted(exit.code())));
    }
    if (exit.code() != 0) {
      throw new SetupEndedException(
          Ending.failed(EndReason.SETUP_FAILED, failure.formatted(exit.code())));
    }
  }

  private static Ending tookTooLong() {
    return Ending.failed(
        EndReason.SETUP_FAILED, "installing took longer than %d s".formatted(TIMEOUT.toSeconds()));
  }
}
