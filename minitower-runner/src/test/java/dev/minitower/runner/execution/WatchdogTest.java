package dev.minitower.runner.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minitower.runner.execution.Watchdog.Watch;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private static final Confinement SESSION =
      new Confinement(new SessionHold(), Isolation.PROCESS, Limits.NONE, "");

  private final String instance = UUID.randomUUID().toString().replace("-", "");

  @Test
  void when_its_runner_is_gone_it_kills_every_workload_and_ends() throws Exception {
    Watchdog watchdog = start();
    Process workload = workload(instance);
    Process somebodyElses = workload(UUID.randomUUID().toString());

    watchdog.close();

    await().until(() -> !workload.isAlive());
    await().until(() -> countWatchdogs() == 0);
    assertThat(somebodyElses.isAlive()).isTrue();
    somebodyElses.destroyForcibly();
  }

  @Test
  void watchdog_that_was_killed_is_replaced() throws Exception {
    try (Watchdog watchdog = start()) {
      await().until(() -> countWatchdogs() == 1);
      assertThat(watchdogs().allMatch(ProcessHandle::destroyForcibly)).isTrue();

      await().until(() -> countWatchdogs() == 1);
      assertThat(watchdog).isNotNull();
    }
    await().until(() -> countWatchdogs() == 0);
  }

  @Test
  void workload_of_a_runner_that_does_not_put_its_end_off_is_asked_and_then_killed()
      throws Exception {
    Process obedient = marked(1, "sleep 100");
    Process stubborn = marked(2, "trap '' TERM; while :; do sleep 0.05; done");
    Process renewed = marked(3, "sleep 100");
    try (Watchdog watchdog = start();
        Watch first = watchdog.watch(1);
        Watch second = watchdog.watch(2);
        Watch third = watchdog.watch(3)) {
      third.putOff(Duration.ofMillis(300));

      first.putOff(Duration.ofMillis(300));
      second.putOff(Duration.ofMillis(300));
      third.putOff(Duration.ofMinutes(1));

      await().until(() -> !obedient.isAlive());
      await().until(() -> !stubborn.isAlive());
      assertThat(obedient.exitValue()).isEqualTo(143);
      assertThat(stubborn.exitValue()).isEqualTo(137);
      assertThat(renewed.isAlive()).isTrue();
    } finally {
      renewed.destroyForcibly();
    }
  }

  @Test
  void workload_that_is_over_is_not_watched_whatever_comes_late() throws Exception {
    Process workload = marked(1, "sleep 100");
    Process later = marked(2, "sleep 100");
    try (Watchdog watchdog = start();
        Watch next = watchdog.watch(2)) {
      Watch watch = watchdog.watch(1);
      watch.putOff(Duration.ofMillis(200));
      watch.close();

      watch.putOff(Duration.ofMillis(200));
      next.putOff(Duration.ofMillis(400));

      await().until(() -> !later.isAlive());
      assertThat(workload.isAlive()).isTrue();
    } finally {
      workload.destroyForcibly();
    }
  }

  private Watchdog start() throws IOException {
    return Watchdog.start(instance, SESSION, Duration.ofMillis(300));
  }

  private Process marked(long attempt, String script) throws IOException {
    var builder = new ProcessBuilder("/bin/sh", "-c", script);
    builder.environment().put(Marker.VARIABLE, new Marker(instance, attempt).value());
    return builder.start();
  }

  private long countWatchdogs() {
    return watchdogs().count();
  }

  private java.util.stream.Stream<ProcessHandle> watchdogs() {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process.info().commandLine().filter(line -> line.contains(instance)).isPresent());
  }

  private static Process workload(String instance) throws IOException {
    var builder = new ProcessBuilder("sleep", "100");
    builder.environment().put(Marker.VARIABLE, new Marker(instance, 1).value());
    return builder.start();
  }
}
