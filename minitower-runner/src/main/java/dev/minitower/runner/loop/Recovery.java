package dev.minitower.runner.loop;

import dev.minitower.model.api.ResultRequest;
import dev.minitower.model.lifecycle.EndReason;
import dev.minitower.runner.client.ControlPlaneException;
import dev.minitower.runner.client.LeaseKey;
import dev.minitower.runner.client.RetryingControlPlane;
import dev.minitower.runner.execution.StopSignal;
import dev.minitower.runner.logs.LogSender;
import dev.minitower.runner.logs.LogSpool;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Brings an attempt of an earlier life of this runner to its end: delivers what was finished and
 * hands back what was not. Its processes are gone already.
 */
final class Recovery {
  private static final System.Logger LOG = System.getLogger(Recovery.class.getName());

  /** For records of older versions, which don't say it; every heartbeat is answered with it. */
  private static final long DEFAULT_TTL_SECONDS = 30;

  private final AttemptContext context;
  private final AttemptRecord attempt;
  private final RetryingControlPlane controlPlane;
  private final Heartbeat heartbeat;

  Recovery(AttemptContext context, AttemptRecord attempt, long runId) {
    this.context = context;
    this.attempt = attempt;
    var key = new LeaseKey(runId, attempt.leaseToken());
    Long seconds = attempt.leaseTtlSeconds();
    Duration ttl = Duration.ofSeconds(seconds == null ? DEFAULT_TTL_SECONDS : seconds);
    var lease = new Lease(context.nanoTime(), context.policy().margin(), ttl);
    lease.workIsOver();
    this.heartbeat =
        new Heartbeat(
            context.timers(),
            context.controlPlane(),
            key,
            lease,
            ttl,
            new StopSignal(),
            remaining -> {});
    this.controlPlane = new RetryingControlPlane(context.controlPlane(), key, lease::isLost);
  }

  /**
   * Asks until the server has answered. If this thread is interrupted, what is missing stays on
   * disk for the next start.
   */
  void recover() throws InterruptedException {
    LOG.log(Level.INFO, "earlier attempt is taken up " + attempt);
    heartbeat.start();
    try {
      deliverLog();
      conclude();
      LOG.log(Level.INFO, "earlier attempt concluded " + attempt);
    } catch (ControlPlaneException e) {
      LOG.log(Level.WARNING, "earlier attempt is over " + attempt + ": " + e.getMessage());
    } finally {
      heartbeat.close();
    }
    context.store().remove(attempt.leaseToken());
    context.folders().removeSpool(attempt.attemptId());
  }

  private void deliverLog() throws ControlPlaneException, InterruptedException {
    Long attemptId = attempt.attemptId();
    if (attemptId == null) {
      return;
    }
    Path folder = context.folders().spoolOf(attemptId);
    if (!Files.exists(folder)) {
      return;
    }
    try (var spool = LogSpool.reopen(folder)) {
      LogSender sender = LogSender.start(spool, controlPlane, "logs-" + attempt.runId());
      try {
        new Delivery(controlPlane).awaitLog(sender, attempt);
      } finally {
        sender.stop();
      }
    } catch (IOException e) {
      LOG.log(Level.ERROR, "a part of the log is lost " + attempt, e);
    }
  }

  private void conclude() throws ControlPlaneException, InterruptedException {
    var delivery = new Delivery(controlPlane);
    ResultRequest result = attempt.result();
    if (result == null) {
      delivery.release(
          EndReason.RUNNER_RESTARTED.message(
              "the runner was restarted while the run was under way"));
    } else {
      delivery.result(result);
    }
  }
}
