package dev.minitower.runner.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MarkerTest {
  private final String instance = UUID.randomUUID().toString().replace("-", "");
  private Process first;
  private Process twelfth;

  @AfterEach
  void end() {
    first.destroyForcibly();
    twelfth.destroyForcibly();
  }

  @Test
  void attempt_1_is_not_attempt_12() throws Exception {
    start();

    assertThat(ProcessTable.read().withEnvironment(new Marker(instance, 1).entry()))
        .containsExactly(first.pid());
  }

  @Test
  void leftovers_of_this_runner_are_killed_and_no_others() throws Exception {
    start();
    String other = UUID.randomUUID().toString();

    assertThat(new Sweep(other).killAll()).isZero();
    assertThat(first.isAlive()).isTrue();
    assertThat(new Sweep(instance).killAll()).isEqualTo(2);

    await().until(() -> !first.isAlive() && !twelfth.isAlive());
  }

  private void start() throws IOException {
    first = sleeper(new Marker(instance, 1));
    twelfth = sleeper(new Marker(instance, 12));
    await().until(() -> Witness.countWith(instance) == 2);
  }

  private static Process sleeper(Marker marker) throws IOException {
    var builder = new ProcessBuilder("sleep", "100");
    builder.environment().put(Marker.VARIABLE, marker.value());
    return builder.start();
  }
}
