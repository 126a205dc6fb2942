package dev.minitower.runner.loop;

import dev.minitower.model.api.Outcome;
import dev.minitower.model.api.ResultRequest;
import dev.minitower.runner.client.ControlPlaneException;
import dev.minitower.runner.client.ControlPlaneException.Kind;
import dev.minitower.runner.client.RetryingControlPlane;

/** The last word about an attempt. */
final class Delivery {
  private final RetryingControlPlane controlPlane;

  Delivery(RetryingControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  /**
   * Delivers the result; if a cancel came first, that the run was cancelled, with the same exit
   * code.
   */
  void result(ResultRequest result) throws ControlPlaneException, InterruptedException {
    try {
      controlPlane.result(result);
    } catch (ControlPlaneException e) {
      if (e.kind() != Kind.CONFLICT || result.status() == Outcome.CANCELLED) {
        throw e;
      }
      controlPlane.result(new ResultRequest(Outcome.CANCELLED, result.exitCode(), null, null));
    }
  }

  void release(String reason) throws ControlPlaneException, InterruptedException {
    controlPlane.release(reason);
  }
}
