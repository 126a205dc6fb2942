package dev.minitower.server.runs;

import dev.minitower.model.api.LeaseResponse;
import dev.minitower.server.events.Change;
import dev.minitower.server.events.ChangeFeed;
import dev.minitower.server.platform.web.ClientConnection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Runners that wait for a run, parked per environment in the order in which they came; none holds a
 * thread. Each run that is queued wakes the one that has waited longest, which then claims for
 * itself.
 *
 * <p>No wake-up is lost: a waiter looks at its environment's count of wake-ups before it asks the
 * database, and parks only if the count has not moved since; a waiter that wakes for nothing
 * because another was quicker goes back to the head of the line; one that can't claim passes its
 * wake-up on.
 */
@Component
public final class LeaseWaiters implements SmartLifecycle {
  private final LeaseService leases;
  private final Map<String, Line> lines = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, LeaseWaiters::daemon);
  private volatile boolean running = true;

  LeaseWaiters(LeaseService leases, ChangeFeed feed) {
    this.leases = leases;
    timer.setRemoveOnCancelPolicy(true);
    feed.listen(this::changed);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "lease-timer");
    thread.setDaemon(true);
    return thread;
  }

  /** Those who wait in one environment; guarded by itself. */
  private static final class Line {
    private final Deque<Waiter> parked = new ArrayDeque<>();

    /** The last to ask at once got nothing: a hint, that spares a busy environment a look. */
    private volatile boolean mayBeEmpty = true;

    private long wakeUps;

    synchronized long wakeUps() {
      return wakeUps;
    }

    /** False if there was a wake-up since {@code seen}: look again before waiting. */
    synchronized boolean park(Waiter waiter, long seen, boolean first) {
      if (wakeUps != seen) {
        return false;
      }
      if (first) {
        parked.addFirst(waiter);
      } else {
        parked.addLast(waiter);
      }
      return true;
    }

    /**
     * Takes out who waits with the same lease token: the same runner's poll of before, whose
     * connection is as good as dead, and which would take the run that this one waits for.
     */
    synchronized @Nullable Waiter leavePoll(@Nullable String leaseToken) {
      for (Waiter waiter : parked) {
        if (leaseToken != null && leaseToken.equals(waiter.wish.leaseToken())) {
          var unused = parked.remove(waiter);
          return waiter;
        }
      }
      return null;
    }

    /** The one that has waited longest; null if nobody does. */
    synchronized @Nullable Waiter wakeOne() {
      wakeUps++;
      return parked.pollFirst();
    }

    synchronized boolean leave(Waiter waiter) {
      return parked.remove(waiter);
    }

    synchronized List<Long> runnerIds() {
      return parked.stream().map(waiter -> waiter.wish.runner().runnerId()).toList();
    }

    synchronized int waiting() {
      return parked.size();
    }

    synchronized List<Waiter> clear() {
      List<Waiter> all = new ArrayList<>(parked);
      parked.clear();
      return all;
    }
  }

  private static final class Waiter {
    private final LeaseService.Wish wish;
    private final ClientConnection client;
    private final CompletableFuture<Optional<LeaseResponse>> answer = new CompletableFuture<>();
    private volatile boolean timeIsUp;

    Waiter(LeaseService.Wish wish, ClientConnection client) {
      this.wish = wish;
      this.client = client;
    }

    void answerNothing() {
      var unused = answer.complete(Optional.empty());
    }
  }

  /** A run now, or the first that can be claimed within {@code wait}; empty when the time is up. */
  CompletableFuture<Optional<LeaseResponse>> await(
      LeaseService.Wish wish, Duration wait, ClientConnection client) {
    Line line = lines.computeIfAbsent(wish.runner().environment(), environment -> new Line());
    Waiter waiter = new Waiter(wish, client);
    Waiter earlier = line.leavePoll(wish.leaseToken());
    if (earlier != null) {
      earlier.answerNothing();
    }
    while (true) {
      long seen = line.wakeUps();
      Optional<LeaseResponse> lease = leases.lease(wish, line.mayBeEmpty);
      line.mayBeEmpty = lease.isEmpty();
      if (lease.isPresent() || wait.isZero() || !running) {
        var unused = waiter.answer.complete(lease);
        return waiter.answer;
      }
      if (line.park(waiter, seen, false)) {
        endAfter(running ? wait : Duration.ZERO, line, waiter);
        return waiter.answer;
      }
    }
  }

  private void endAfter(Duration wait, Line line, Waiter waiter) {
    var timeout =
        timer.schedule(
            () -> {
              // One that is claiming right now answers with what it gets.
              waiter.timeIsUp = true;
              if (line.leave(waiter)) {
                waiter.answerNothing();
              }
            },
            wait.toMillis(),
            TimeUnit.MILLISECONDS);
    var unused = waiter.answer.whenComplete((lease, failure) -> timeout.cancel(false));
  }

  private void changed(Change change) {
    if (change instanceof Change.RunChanged run && run.isQueued()) {
      wake(lines.computeIfAbsent(run.environment(), environment -> new Line()));
    }
  }

  /** Wakes the first waiter whose client is still there; the others have gone without a run. */
  private void wake(Line line) {
    for (Waiter waiter = line.wakeOne(); waiter != null; waiter = line.wakeOne()) {
      if (!waiter.client.isGone()) {
        claim(line, waiter);
        return;
      }
      waiter.answerNothing();
    }
  }

  private void claim(Line line, Waiter waiter) {
    long seen = line.wakeUps();
    var unused =
        leases
            .submit(waiter.wish)
            .handle(
                (lease, failure) -> {
                  if (failure == null) {
                    claimed(line, waiter, seen, lease);
                  } else {
                    refused(line, waiter, failure);
                  }
                  return waiter;
                });
  }

  private void claimed(Line line, Waiter waiter, long seen, Optional<LeaseResponse> lease) {
    if (lease.isPresent() || waiter.timeIsUp || !running) {
      var unused = waiter.answer.complete(lease);
    } else if (!line.park(waiter, seen, true)) {
      claim(line, waiter);
    } else if ((waiter.timeIsUp || !running) && line.leave(waiter)) {
      // The time ran out, or the server began to stop, just before it was parked again.
      waiter.answerNothing();
    }
  }

  private void refused(Line line, Waiter waiter, Throwable failure) {
    var unused = waiter.answer.completeExceptionally(failure);
    wake(line);
  }

  /** Who waits now: such a runner is alive although it says nothing. */
  public Set<Long> runnerIds() {
    return lines.values().stream()
        .flatMap(line -> line.runnerIds().stream())
        .collect(Collectors.toSet());
  }

  /** How many wait now. */
  int waiting() {
    return lines.values().stream().mapToInt(Line::waiting).sum();
  }

  @Override
  public void start() {
    running = true;
  }

  /** Nobody is kept waiting by a server that stops. */
  @Override
  public void stop() {
    running = false;
    lines.values().forEach(line -> line.clear().forEach(Waiter::answerNothing));
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
