package dev.minitower.runner.loop;

import dev.minitower.model.api.RegisterRunnerRequest;
import dev.minitower.model.api.RegisteredRunnerResponse;
import dev.minitower.runner.client.Backoff;
import dev.minitower.runner.client.ControlPlane;
import dev.minitower.runner.client.ControlPlaneException;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Enters the runner under its name, at start and whenever its token is no longer good. */
public final class Registration {
  private static final System.Logger LOG = System.getLogger(Registration.class.getName());
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final ControlPlane controlPlane;
  private final String registrationToken;
  private final RegisterRunnerRequest request;

  public Registration(
      ControlPlane controlPlane, String registrationToken, RegisterRunnerRequest request) {
    this.controlPlane = controlPlane;
    this.registrationToken = registrationToken;
    this.request = request;
  }

  /** Waits for as long as the server can't be reached. */
  void register() throws RunnerStoppedException, InterruptedException {
    var backoff = new Backoff(LONGEST_PAUSE);
    while (true) {
      try {
        RegisteredRunnerResponse registered = controlPlane.register(registrationToken, request);
        String who = "runner_id=" + registered.runnerId() + " name=" + registered.name();
        LOG.log(Level.INFO, "registered {0} environment={1}", who, request.environment());
        return;
      } catch (ControlPlaneException e) {
        refusal(e);
        LOG.log(Level.WARNING, "not registered yet, trying again: {0}", e.getMessage());
        Thread.sleep(backoff.next().toMillis());
      }
    }
  }

  private void refusal(ControlPlaneException e) throws RunnerStoppedException {
    switch (e.kind()) {
      case REPEAT -> {}
      case UNAUTHORIZED ->
          throw new RunnerStoppedException(
              "MINITOWER_RUNNER_REGISTRATION_TOKEN is not the server's: " + e.getMessage());
      case CONFLICT ->
          throw new RunnerStoppedException(
              "MINITOWER_RUNNER_NAME=%s is in use by another live runner: choose another name, or stop that one (%s)"
                  .formatted(request.name(), e.getMessage()));
      case GONE, REFUSED ->
          throw new RunnerStoppedException(
              "the server refused the registration: " + e.getMessage());
    }
  }
}
