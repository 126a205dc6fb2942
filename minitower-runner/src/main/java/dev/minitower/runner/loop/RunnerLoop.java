package dev.minitower.runner.loop;

import dev.minitower.model.api.LeaseResponse;
import dev.minitower.model.api.RunnerState;
import dev.minitower.model.lifecycle.EndReason;
import dev.minitower.runner.client.Answer;
import dev.minitower.runner.client.ControlPlaneException;
import dev.minitower.runner.client.LeaseKey;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks for work while a slot is free, and gives each slot what it got. One question at a time,
 * whatever the number of slots.
 */
public final class RunnerLoop {
  private static final System.Logger LOG = System.getLogger(RunnerLoop.class.getName());
  private static final Duration DELIVERY_PATIENCE = Duration.ofSeconds(5);
  private static final Duration KILL_PATIENCE = Duration.ofSeconds(3);

  private static final Duration SPACE_CHECK_INTERVAL = Duration.ofSeconds(5);

  /** Only ever goes on to the next. */
  private enum Phase {
    WORKING,
    /** Takes no more runs; those under way go on. */
    DRAINING,
    /** Those under way are ended and handed back. */
    STOPPING
  }

  private final AttemptContext context;
  private final Registration registration;
  private final FreeSpace freeSpace;
  private final LeaseTokens tokens;
  private final WorkFinder workFinder;
  private final Announcer announcer;
  private final Slots slots;
  private final Fitness fitness = new Fitness();
  private final Set<Attempt> attempts = ConcurrentHashMap.newKeySet();
  private volatile Phase phase = Phase.WORKING;
  private @Nullable Thread thread;

  public RunnerLoop(AttemptContext context, Registration registration, FreeSpace freeSpace) {
    LeasePolicy policy = context.policy();
    this.context = context;
    this.registration = registration;
    this.freeSpace = freeSpace;
    this.tokens = new LeaseTokens(context.store());
    this.workFinder =
        new WorkFinder(context.controlPlane(), registration, tokens, policy.pollInterval());
    this.announcer = new Announcer(context.controlPlane());
    this.slots = new Slots(policy.concurrency());
  }

  /**
   * Works until {@link #drain} or {@link #stop}; returns when every attempt has been concluded, or
   * left on disk.
   */
  public void run() throws IOException, RunnerStoppedException, InterruptedException {
    enter();
    try {
      registration.register();
      recover();
      while (phase == Phase.WORKING) {
        step();
      }
    } catch (InterruptedException e) {
      if (phase == Phase.WORKING) {
        throw e;
      }
    } finally {
      awaitDrained();
      leave();
      stop();
      slots.close(context.policy().killGrace().plus(DELIVERY_PATIENCE), KILL_PATIENCE);
      context.timers().close();
    }
  }

  /** Takes no more runs and ends when those under way have ended. Returns at once. */
  public synchronized void drain() {
    if (phase == Phase.WORKING) {
      phase = Phase.DRAINING;
      wake();
    }
  }

  /** Takes no more runs and hands back those under way. Returns at once. */
  public synchronized void stop() {
    phase = Phase.STOPPING;
    attempts.forEach(Attempt::shutDown);
    wake();
  }

  private synchronized void wake() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** The interrupt that began the drain is forgotten; another one is {@link #stop}'s. */
  private void awaitDrained() {
    var unused = Thread.interrupted();
    if (phase != Phase.DRAINING) {
      return;
    }
    Duration timeout = context.policy().drainTimeout();
    try {
      announcer.announce(
          RunnerState.DRAINING,
          "asked to stop, runs under way may go on for %d s".formatted(timeout.toSeconds()));
      workFinder.handBackUnanswered();
      slots.awaitIdle(timeout);
    } catch (InterruptedException e) {
      LOG.log(Level.INFO, "no more waiting for the runs under way");
    }
  }

  /** One turn: waits for a free slot, asks once, and starts what it got. */
  private void step() throws RunnerStoppedException, InterruptedException {
    slots.take();
    boolean inUse = false;
    try {
      awaitReadiness();
      Optional<Answer<LeaseResponse>> leased = workFinder.find();
      if (leased.isPresent()) {
        begin(leased.get());
        inUse = true;
      }
    } finally {
      if (!inUse) {
        slots.giveBack();
      }
    }
  }

  /** Runs are left to others while this machine can't do them. */
  private void awaitReadiness() throws InterruptedException {
    Thread.sleep(fitness.pause().toMillis());
    Optional<String> problem = freeSpace.problem();
    while (problem.isPresent()) {
      announcer.announce(RunnerState.PAUSED, problem.get());
      Thread.sleep(SPACE_CHECK_INTERVAL.toMillis());
      problem = freeSpace.problem();
    }
    announcer.announce(RunnerState.WORKING, null);
  }

  private void begin(Answer<LeaseResponse> leased)
      throws RunnerStoppedException, InterruptedException {
    Duration ttl = ttlOf(leased.body());
    Optional<String> problem = context.policy().problemWith(ttl);
    if (problem.isPresent()) {
      refuse(leased.body(), problem.get());
    }
    var attempt = new Attempt(context, leased, ttl);
    attempts.add(attempt);
    if (phase == Phase.STOPPING) {
      attempt.shutDown();
    }
    slots.run(
        () -> {
          try {
            fitness.ended(attempt.run());
          } finally {
            attempts.remove(attempt);
          }
        });
  }

  private void refuse(LeaseResponse run, String problem)
      throws RunnerStoppedException, InterruptedException {
    try {
      var key = new LeaseKey(run.runId(), run.leaseToken());
      context
          .controlPlane()
          .release(
              key, EndReason.RUNNER_ERROR.message("the runner's settings don't fit the server's"));
    } catch (ControlPlaneException e) {
      LOG.log(Level.WARNING, "not released run=" + run.runId() + ": " + e.getMessage());
    }
    throw new RunnerStoppedException(problem);
  }

  private Duration ttlOf(LeaseResponse run) {
    Integer seconds = run.leaseTtlSeconds();
    return seconds == null
        ? Duration.between(context.clock().instant(), run.leaseExpiresAt())
        : Duration.ofSeconds(seconds);
  }

  /** Each attempt of an earlier life takes a slot, as it does on the server. */
  private void recover() throws IOException, InterruptedException {
    for (AttemptRecord attempt : context.store().readAll()) {
      Long runId = attempt.runId();
      if (runId == null) {
        tokens.recover(attempt.leaseToken());
      } else {
        slots.take();
        slots.run(new Recovery(context, attempt, runId)::recover);
      }
    }
  }

  private synchronized void enter() {
    thread = Thread.currentThread();
    if (phase != Phase.WORKING) {
      thread.interrupt();
    }
  }

  /** From here on no interrupt comes, and one that has come is forgotten. */
  private synchronized void leave() {
    thread = null;
    var unused = Thread.interrupted();
  }
}
