package dev.minitower.runner.loop;

import dev.minitower.model.api.LeaseResponse;
import dev.minitower.model.api.LeaseStateResponse;
import dev.minitower.model.api.Outcome;
import dev.minitower.model.api.ResultRequest;
import dev.minitower.model.lifecycle.EndReason;
import dev.minitower.runner.client.Answer;
import dev.minitower.runner.client.ControlPlaneException;
import dev.minitower.runner.client.ControlPlaneException.Kind;
import dev.minitower.runner.client.LeaseKey;
import dev.minitower.runner.client.RetryingControlPlane;
import dev.minitower.runner.execution.Ending;
import dev.minitower.runner.execution.StopReason;
import dev.minitower.runner.execution.StopSignal;
import dev.minitower.runner.execution.Watchdog;
import dev.minitower.runner.execution.Workspace;
import dev.minitower.runner.logs.LogSender;
import dev.minitower.runner.logs.LogSpool;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One leased run, from the lease to the last word about it. */
final class Attempt {
  private static final System.Logger LOG = System.getLogger(Attempt.class.getName());

  private final AttemptContext context;
  private final LeaseResponse run;
  private final AttemptRecord record;
  private final Lease lease;
  private final Watchdog.Watch watch;
  private final StopSignal stop = new StopSignal();
  private final Heartbeat heartbeat;
  private final RetryingControlPlane controlPlane;
  private final Delivery delivery;

  Attempt(AttemptContext context, Answer<LeaseResponse> leased, Duration ttl) {
    this.context = context;
    this.run = leased.body();
    this.watch = context.watchdog().watch(run.attemptId());
    var key = new LeaseKey(run.runId(), run.leaseToken());
    this.record = AttemptRecord.started(key, run.attemptId(), ttl);
    this.lease = new Lease(context.nanoTime(), context.policy().margin(), ttl);
    this.heartbeat =
        new Heartbeat(
            context.timers(),
            context.controlPlane(),
            key,
            lease,
            ttl,
            stop,
            remaining -> watch.putOff(remaining.plus(context.policy().frozenAfter())));
    this.controlPlane = new RetryingControlPlane(context.controlPlane(), key, lease::isLost);
    this.delivery = new Delivery(controlPlane);
  }

  /** Asks for an end because the runner is being stopped; the run is handed back. */
  void shutDown() {
    stop.stop(StopReason.SHUTDOWN);
  }

  /**
   * Does all of it. If this thread is interrupted, what is missing is left on disk for the next
   * start.
   *
   * @return how it ended, for the loop to see whether this machine is fit for work
   */
  Ending.Kind run() throws InterruptedException {
    LOG.log(Level.INFO, "attempt leased " + this);
    heartbeat.start();
    try {
      return runUnderLease();
    } catch (ControlPlaneException e) {
      return abandon(e);
    } finally {
      heartbeat.close();
      watch.close();
    }
  }

  private Ending.Kind runUnderLease() throws ControlPlaneException, InterruptedException {
    try (var spool = prepareDisk()) {
      return runWithOutput(spool);
    } catch (IOException e) {
      LOG.log(Level.ERROR, "the runner's disk fails " + this, e);
      delivery.release(EndReason.DISK_FULL.message("the runner's disk fails"));
      forget();
      return Ending.Kind.HANDED_BACK;
    }
  }

  private LogSpool prepareDisk() throws IOException {
    context.store().save(record);
    Path folder = context.folders().spoolOf(run.attemptId());
    Workspace.delete(folder);
    return LogSpool.create(folder, context.clock(), context.spoolBytes());
  }

  private Ending.Kind runWithOutput(LogSpool spool)
      throws ControlPlaneException, InterruptedException {
    LogSender sender = LogSender.start(spool, controlPlane, "logs-" + run.runId());
    try {
      var unused = sender.done().whenComplete((done, failure) -> stopIfLeaseIsOver(failure));
      Ending ending = startAndWork(spool);
      spool.finish();
      lease.workIsOver();
      LOG.log(Level.INFO, "attempt ended " + this + " " + ending);
      conclude(ending, spool, sender);
      return ending.kind();
    } finally {
      sender.stop();
    }
  }

  private Ending startAndWork(LogSpool spool) throws ControlPlaneException, InterruptedException {
    Answer<LeaseStateResponse> started = controlPlane.start();
    heartbeat.accept(started);
    if (stop.reason().isPresent()) {
      return Ending.stopped(stop.reason().get());
    }
    LOG.log(Level.INFO, "attempt started " + this);
    try (watch) {
      return new Work(context, run, controlPlane, stop).perform(spool);
    }
  }

  private void conclude(Ending ending, LogSpool spool, LogSender sender)
      throws ControlPlaneException, InterruptedException {
    switch (ending.kind()) {
      case COMPLETED -> deliver(Outcome.COMPLETED, ending, spool, sender);
      case FAILED -> deliver(Outcome.FAILED, ending, spool, sender);
      case CANCELLED -> deliver(Outcome.CANCELLED, ending, spool, sender);
      case HANDED_BACK -> {
        delivery.awaitLog(sender, this);
        delivery.release(String.valueOf(ending.message()));
      }
      case LOST -> {}
    }
    sender.stop();
    forget();
  }

  /**
   * First to disk, so that it outlives this process; then the log, so that a finished run has all
   * of it; then the result.
   */
  private void deliver(Outcome outcome, Ending ending, LogSpool spool, LogSender sender)
      throws ControlPlaneException, InterruptedException {
    var result =
        new ResultRequest(outcome, ending.exitCode(), ending.message(), ending.errorClass());
    makeSafe(spool, record.finished(result));
    delivery.awaitLog(sender, this);
    delivery.result(result);
    LOG.log(Level.INFO, "result delivered " + this + " status=" + outcome.code());
  }

  /**
   * Nothing more is to be said about it. The record goes first: without one, a spool is removed.
   */
  private void forget() {
    context.store().remove(run.leaseToken());
    context.folders().removeSpool(run.attemptId());
  }

  private void makeSafe(LogSpool spool, AttemptRecord finished) {
    try {
      spool.sync();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a loss of power would cost a part of the log: " + e);
    }
    try {
      context.store().save(finished);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a result can't be kept on disk and is only sent: " + e);
    }
  }

  private void stopIfLeaseIsOver(@Nullable Throwable failure) {
    if (failure instanceof ControlPlaneException e && e.endsLease()) {
      heartbeat.leaseIsOver();
    }
  }

  /** Only reached when no process is left. */
  private Ending.Kind abandon(ControlPlaneException e) throws InterruptedException {
    if (e.endsLease() || e.kind() == Kind.CONFLICT || lease.isLost()) {
      LOG.log(Level.WARNING, "attempt lost " + this + ": " + e.getMessage());
      forget();
      return Ending.Kind.LOST;
    }
    LOG.log(Level.ERROR, "the server refused what it should take " + this + ": " + e.getMessage());
    try {
      delivery.release(EndReason.RUNNER_ERROR.message("the runner was refused: " + e.getMessage()));
    } catch (ControlPlaneException again) {
      LOG.log(Level.ERROR, "not released either " + this + ": " + again.getMessage());
    }
    forget();
    return Ending.Kind.HANDED_BACK;
  }

  @Override
  public String toString() {
    return "run=%d attempt=%d app=%s version=%d"
        .formatted(run.runId(), run.attemptNo(), run.appSlug(), run.versionNo());
  }
}
