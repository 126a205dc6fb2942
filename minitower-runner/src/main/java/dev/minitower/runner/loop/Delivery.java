package dev.minitower.runner.loop;

import dev.minitower.model.api.Outcome;
import dev.minitower.model.api.ResultRequest;
import dev.minitower.runner.client.ControlPlaneException;
import dev.minitower.runner.client.ControlPlaneException.Kind;
import dev.minitower.runner.client.RetryingControlPlane;
import dev.minitower.runner.logs.LogSender;
import java.io.IOException;
import java.lang.System.Logger.Level;

/** What the server is still to get once the work of an attempt is over. */
final class Delivery {
  private static final System.Logger LOG = System.getLogger(Delivery.class.getName());

  private final RetryingControlPlane controlPlane;

  Delivery(RetryingControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  /** Waits until the server has the whole log. One that it won't have holds up nothing else. */
  void awaitLog(LogSender sender, Object attempt)
      throws ControlPlaneException, InterruptedException {
    try {
      sender.awaitDelivery();
    } catch (ControlPlaneException e) {
      if (e.endsLease()) {
        throw e;
      }
      LOG.log(Level.ERROR, "the server refused the log " + attempt + ": " + e.getMessage());
    } catch (IOException e) {
      LOG.log(Level.ERROR, "a part of the log is lost " + attempt, e);
    }
  }

  /** Delivers the result, or what the server takes in its place. */
  void result(ResultRequest result) throws ControlPlaneException, InterruptedException {
    try {
      controlPlane.result(result);
    } catch (ControlPlaneException e) {
      controlPlane.result(inPlaceOf(result, e));
    }
  }

  /**
   * If a cancel came first, that the run was cancelled, with the same exit code. If the server does
   * not understand it (an older one), the outcome alone: giving up would have the program run
   * again.
   */
  private static ResultRequest inPlaceOf(ResultRequest result, ControlPlaneException e)
      throws ControlPlaneException {
    if (e.kind() == Kind.CONFLICT && result.status() != Outcome.CANCELLED) {
      return new ResultRequest(Outcome.CANCELLED, result.exitCode(), null, null);
    }
    var outcomeAlone = new ResultRequest(result.status(), result.exitCode(), null, null);
    if (e.kind() == Kind.REFUSED && !outcomeAlone.equals(result)) {
      return outcomeAlone;
    }
    throw e;
  }

  void release(String reason) throws ControlPlaneException, InterruptedException {
    controlPlane.release(reason);
  }
}
