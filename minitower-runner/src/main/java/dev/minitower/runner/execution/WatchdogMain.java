package dev.minitower.runner.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The process behind {@link Watchdog}. It reads lines: {@code lease ATTEMPT NANOS} puts off the end
 * of a workload to that moment of {@link System#nanoTime}, which is one clock for all processes of
 * a machine; {@code over ATTEMPT} says that nothing is left to watch. A workload whose time has
 * come gets TERM and after the grace period KILL, because its runner is frozen; at the end of the
 * input the runner is dead, and every workload is killed at once.
 */
public final class WatchdogMain {
  private final String owner;
  private final Duration grace;
  private final boolean wrapped;
  private final Sweep sweep;
  private final ScheduledExecutorService deadlines = Executors.newScheduledThreadPool(1);
  private final Map<Long, Future<?>> ends = new HashMap<>();

  private WatchdogMain(String owner, Duration grace, boolean wrapped) {
    this.owner = owner;
    this.grace = grace;
    this.wrapped = wrapped;
    this.sweep = new Sweep(owner);
  }

  /**
   * @param args owner, kill grace in milliseconds, whether workloads are wrapped
   */
  public static void main(String[] args) throws InterruptedException {
    var watchdog =
        new WatchdogMain(
            args[0], Duration.ofMillis(Long.parseLong(args[1])), Boolean.parseBoolean(args[2]));
    watchdog.watch();
    int killed = watchdog.sweep.killAll();
    if (killed > 0) {
      say("the runner is gone, killed what it was running: processes=" + killed);
    }
    Runtime.getRuntime().halt(0);
  }

  private void watch() {
    try (var commands = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        obey(line.split(" "));
      }
    } catch (IOException e) {
      say("no word from the runner any more: " + e.getMessage());
    }
  }

  private void obey(String[] words) {
    long attempt = Long.parseLong(words[1]);
    Future<?> before = ends.remove(attempt);
    if (before != null) {
      before.cancel(false);
    }
    if (words[0].equals("lease")) {
      long left = Long.parseLong(words[2]) - System.nanoTime();
      ends.put(attempt, after(left, () -> terminate(attempt)));
    }
  }

  private void terminate(long attempt) {
    say("the lease is over and the runner does nothing, ending attempt_id=" + attempt);
    var marker = new Marker(owner, attempt);
    sweep.terminate(marker, wrapped);
    var unused = after(grace.toNanos(), () -> kill(marker));
  }

  private void kill(Marker marker) {
    try {
      int killed = sweep.kill(marker);
      if (killed > 0) {
        say("killed attempt_id=%d processes=%d".formatted(marker.attemptId(), killed));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Future<?> after(long nanos, Runnable task) {
    return deadlines.schedule(task, nanos, NANOSECONDS);
  }

  private static void say(String text) {
    System.err.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " WARNING watchdog: " + text);
  }
}
