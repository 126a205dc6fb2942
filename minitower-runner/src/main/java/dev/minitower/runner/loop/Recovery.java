package dev.minitower.runner.loop;

import dev.minitower.model.api.ResultRequest;
import dev.minitower.runner.client.ControlPlane;
import dev.minitower.runner.client.ControlPlaneException;
import dev.minitower.runner.client.LeaseKey;
import dev.minitower.runner.client.RetryingControlPlane;
import java.lang.System.Logger.Level;

/**
 * Brings an attempt of an earlier life of this runner to its end. Its processes are gone already.
 */
final class Recovery {
  private static final System.Logger LOG = System.getLogger(Recovery.class.getName());

  private final ControlPlane controlPlane;
  private final AttemptStore store;

  Recovery(ControlPlane controlPlane, AttemptStore store) {
    this.controlPlane = controlPlane;
    this.store = store;
  }

  /**
   * Delivers what was finished and hands back what was not, asking until the server has answered.
   */
  void recover(AttemptRecord attempt, long runId) throws InterruptedException {
    var key = new LeaseKey(runId, attempt.leaseToken());
    var delivery = new Delivery(new RetryingControlPlane(controlPlane, key, () -> false));
    ResultRequest result = attempt.result();
    try {
      if (result == null) {
        delivery.release("the runner was restarted while the run was under way");
      } else {
        delivery.result(result);
      }
      LOG.log(Level.INFO, "earlier attempt concluded " + attempt);
    } catch (ControlPlaneException e) {
      LOG.log(Level.WARNING, "earlier attempt is over " + attempt + ": " + e.getMessage());
    }
    store.remove(attempt.leaseToken());
  }
}
