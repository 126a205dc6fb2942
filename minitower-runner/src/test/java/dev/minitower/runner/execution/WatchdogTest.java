package dev.minitower.runner.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private final String instance = UUID.randomUUID().toString().replace("-", "");

  @Test
  void when_its_runner_is_gone_it_kills_every_workload_and_ends() throws Exception {
    Watchdog watchdog = Watchdog.start(instance);
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
    try (Watchdog watchdog = Watchdog.start(instance)) {
      await().until(() -> countWatchdogs() == 1);
      assertThat(watchdogs().allMatch(ProcessHandle::destroyForcibly)).isTrue();

      await().until(() -> countWatchdogs() == 1);
      assertThat(watchdog).isNotNull();
    }
    await().until(() -> countWatchdogs() == 0);
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
