package dev.minitower.runner.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.runner.execution.Ending.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FitnessTest {
  private final Fitness fitness = new Fitness();

  @Test
  void runner_that_works_never_pauses() {
    fitness.ended(Kind.COMPLETED);
    fitness.ended(Kind.FAILED);
    fitness.ended(Kind.LOST);

    assertThat(fitness.pause()).isZero();
  }

  @Test
  void pauses_grow_with_every_run_that_is_handed_back_up_to_a_bound() {
    fitness.ended(Kind.HANDED_BACK);
    assertThat(fitness.pause()).isEqualTo(Duration.ofMillis(500));

    fitness.ended(Kind.HANDED_BACK);
    assertThat(fitness.pause()).isEqualTo(Duration.ofSeconds(1));

    for (int i = 0; i < 100; i++) {
      fitness.ended(Kind.HANDED_BACK);
    }
    assertThat(fitness.pause()).isEqualTo(Duration.ofSeconds(64));
  }

  @Test
  void one_run_that_worked_ends_the_pauses() {
    fitness.ended(Kind.HANDED_BACK);
    fitness.ended(Kind.CANCELLED);

    assertThat(fitness.pause()).isZero();
  }
}
