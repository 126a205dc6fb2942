package dev.minitower.runner.loop;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.minitower.model.api.LeaseStateResponse;
import dev.minitower.runner.client.Answer;
import dev.minitower.runner.client.ControlPlane;
import dev.minitower.runner.client.ControlPlaneException;
import dev.minitower.runner.client.LeaseKey;
import dev.minitower.runner.execution.StopReason;
import dev.minitower.runner.execution.StopSignal;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one lease alive, passes on what the server says about it, and stops the work when the lease
 * is no longer sure. Runs until closed, which is after the last word about the attempt.
 */
final class Heartbeat implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Heartbeat.class.getName());
  private static final int BEATS_PER_TTL = 6;

  /** How late a machine's waking is noticed; nothing wakes a timer of the JVM for it. */
  private static final Duration LONGEST_NAP = Duration.ofSeconds(1);

  private static final Duration LATE = Duration.ofSeconds(2);

  private final Timers timers;
  private final ControlPlane controlPlane;
  private final LeaseKey key;
  private final Lease lease;
  private final Duration ttl;
  private final StopSignal stop;
  private final Consumer<Duration> onRenewal;
  private @Nullable ScheduledFuture<?> beats;
  private @Nullable ScheduledFuture<?> deadline;
  private volatile boolean closed;

  /**
   * @param onRenewal is told how long the work may go on whenever that has changed
   */
  Heartbeat(
      Timers timers,
      ControlPlane controlPlane,
      LeaseKey key,
      Lease lease,
      Duration ttl,
      StopSignal stop,
      Consumer<Duration> onRenewal) {
    this.timers = timers;
    this.controlPlane = controlPlane;
    this.key = key;
    this.lease = lease;
    this.ttl = ttl;
    this.stop = stop;
    this.onRenewal = onRenewal;
  }

  synchronized void start() {
    long interval = interval().toNanos();
    beats = timers.heartbeats().scheduleAtFixedRate(this::beat, interval, interval, NANOSECONDS);
    watchDeadline();
  }

  /** Takes what start or a heartbeat answered. */
  void accept(Answer<LeaseStateResponse> answer) {
    Integer seconds = answer.body().leaseTtlSeconds();
    lease.renewed(answer.sentNanos(), seconds == null ? ttl : Duration.ofSeconds(seconds));
    onRenewal.accept(lease.remaining());
    if (answer.body().cancelRequested()) {
      stop.stop(StopReason.CANCELLED);
    }
  }

  /** The server said that the lease is over: somebody else may be running this by now. */
  void leaseIsOver() {
    lease.lose();
    stop.kill(StopReason.LEASE_LOST);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (beats != null) {
      beats.cancel(false);
    }
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  private Duration interval() {
    return ttl.dividedBy(BEATS_PER_TTL);
  }

  private void beat() {
    try {
      accept(controlPlane.heartbeat(key, interval()));
    } catch (ControlPlaneException e) {
      if (closed) {
        return;
      }
      LOG.log(Level.WARNING, "heartbeat failed {0}: {1}", key, e.getMessage());
      if (e.endsLease()) {
        leaseIsOver();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "heartbeat failed " + key, e);
    }
  }

  /**
   * Late means that this process or the machine was frozen, and there is no time left for grace.
   */
  private void giveUp() {
    if (lease.overdue().compareTo(LATE) > 0) {
      stop.kill(StopReason.LEASE_LOST);
    } else {
      stop.stop(StopReason.LEASE_LOST);
    }
  }

  private synchronized void watchDeadline() {
    if (lease.isLost()) {
      LOG.log(Level.WARNING, "the lease could not be renewed in time, stopping {0}", key);
      giveUp();
      return;
    }
    long nanos = lease.nextLook(LONGEST_NAP).toNanos();
    deadline = timers.deadlines().schedule(this::watchDeadline, nanos, NANOSECONDS);
  }
}
