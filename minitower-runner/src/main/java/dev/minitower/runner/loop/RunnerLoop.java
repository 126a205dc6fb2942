package dev.minitower.runner.loop;

import dev.minitower.model.api.LeaseResponse;
import dev.minitower.runner.client.Answer;
import dev.minitower.runner.client.ControlPlane;
import dev.minitower.runner.client.ControlPlaneException;
import dev.minitower.runner.client.LeaseKey;
import dev.minitower.runner.execution.Execution;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks for work while a slot is free, and gives each slot what it got. One question at a time,
 * whatever the number of slots.
 */
public final class RunnerLoop {
  private static final System.Logger LOG = System.getLogger(RunnerLoop.class.getName());
  private static final Duration DELIVERY_PATIENCE = Duration.ofSeconds(5);
  private static final Duration KILL_PATIENCE = Duration.ofSeconds(3);

  private final AttemptContext context;
  private final Registration registration;
  private final LeaseTokens tokens;
  private final WorkFinder workFinder;
  private final Slots slots;
  private final Fitness fitness = new Fitness();
  private final Set<Attempt> attempts = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;
  private @Nullable Thread thread;

  public RunnerLoop(
      ControlPlane controlPlane,
      Registration registration,
      Execution execution,
      RunnerFolders folders,
      String instanceId,
      LeasePolicy policy,
      LongSupplier nanoTime,
      InstantSource clock) {
    var store = new AttemptStore(folders.leases());
    this.registration = registration;
    this.tokens = new LeaseTokens(store);
    this.workFinder = new WorkFinder(controlPlane, registration, tokens, policy.pollInterval());
    this.slots = new Slots(policy.concurrency());
    this.context =
        new AttemptContext(
            controlPlane,
            execution,
            store,
            folders,
            instanceId,
            new Timers(policy.concurrency()),
            policy,
            nanoTime,
            clock);
  }

  /** Works until {@link #stop}; returns when every attempt has been concluded, or left on disk. */
  public void run() throws IOException, RunnerStoppedException, InterruptedException {
    enter();
    try {
      registration.register();
      recover();
      while (!stopping) {
        step();
      }
    } catch (InterruptedException e) {
      if (!stopping) {
        throw e;
      }
    } finally {
      leave();
      stop();
      slots.close(context.policy().killGrace().plus(DELIVERY_PATIENCE), KILL_PATIENCE);
      context.timers().close();
    }
  }

  /** Takes no more runs and hands back those under way. Returns at once. */
  public synchronized void stop() {
    stopping = true;
    attempts.forEach(Attempt::shutDown);
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** One turn: waits for a free slot, asks once, and starts what it got. */
  private void step() throws RunnerStoppedException, InterruptedException {
    slots.take();
    boolean inUse = false;
    try {
      Thread.sleep(fitness.pause().toMillis());
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

  private void begin(Answer<LeaseResponse> leased)
      throws RunnerStoppedException, InterruptedException {
    Duration ttl = ttlOf(leased.body());
    Optional<String> problem = context.policy().problemWith(ttl);
    if (problem.isPresent()) {
      refuse(leased.body(), problem.get());
    }
    var attempt = new Attempt(context, leased, ttl);
    attempts.add(attempt);
    if (stopping) {
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
      context.controlPlane().release(key, "the runner's settings don't fit the server's");
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
    if (stopping) {
      thread.interrupt();
    }
  }

  /** From here on no interrupt comes, and one that has come is forgotten. */
  private synchronized void leave() {
    thread = null;
    var unused = Thread.interrupted();
  }
}
