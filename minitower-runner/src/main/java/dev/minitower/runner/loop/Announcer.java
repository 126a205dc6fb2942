package dev.minitower.runner.loop;

import dev.minitower.model.api.RunnerState;
import dev.minitower.model.api.RunnerStateRequest;
import dev.minitower.runner.client.ControlPlane;
import dev.minitower.runner.client.ControlPlaneException;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Tells log and server what the runner is doing. The server is asked once and no more: nothing
 * depends on its knowing, and one of the original protocol has never heard of it. Used by the
 * loop's thread only.
 */
final class Announcer {
  private static final System.Logger LOG = System.getLogger(Announcer.class.getName());

  private final ControlPlane controlPlane;
  private RunnerState state = RunnerState.WORKING;

  Announcer(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  /** Says it if it is news. */
  void announce(RunnerState newState, @Nullable String reason) throws InterruptedException {
    if (state == newState) {
      return;
    }
    state = newState;
    LOG.log(
        newState == RunnerState.PAUSED ? Level.WARNING : Level.INFO,
        "runner state=" + newState.code() + (reason == null ? "" : " reason=\"" + reason + "\""));
    try {
      controlPlane.state(new RunnerStateRequest(newState, reason));
    } catch (ControlPlaneException e) {
      LOG.log(Level.DEBUG, "the server did not take the state: {0}", e.getMessage());
    }
  }
}
