package dev.minitower.model.lifecycle;

import static dev.minitower.model.lifecycle.RunStatus.CANCELLED;
import static dev.minitower.model.lifecycle.RunStatus.CANCELLING;
import static dev.minitower.model.lifecycle.RunStatus.COMPLETED;
import static dev.minitower.model.lifecycle.RunStatus.DEAD;
import static dev.minitower.model.lifecycle.RunStatus.FAILED;
import static dev.minitower.model.lifecycle.RunStatus.LEASED;
import static dev.minitower.model.lifecycle.RunStatus.QUEUED;
import static dev.minitower.model.lifecycle.RunStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunStatusTest {
  private static final Set<String> EDGES =
      Set.of(
          "queued leased",
          "queued cancelled",
          "leased running",
          "leased cancelling",
          "leased completed",
          "leased failed",
          "leased cancelled",
          "leased queued",
          "leased dead",
          "running cancelling",
          "running completed",
          "running failed",
          "running cancelled",
          "running queued",
          "running dead",
          "cancelling cancelled");

  static Stream<Arguments> pairs() {
    return Arrays.stream(RunStatus.values())
        .flatMap(from -> Arrays.stream(RunStatus.values()).map(to -> arguments(from, to)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void run_moves_along_the_table_and_no_other_way(RunStatus from, RunStatus to) {
    boolean expected = EDGES.contains(from.code() + " " + to.code());

    assertThat(from.canBecome(to)).isEqualTo(expected);
    assertThat(RunStatus.sourcesOf(to).contains(from.code())).isEqualTo(expected);
  }

  @Test
  void terminal_states_are_those_without_a_way_out() {
    assertThat(RunStatus.values())
        .filteredOn(RunStatus::isTerminal)
        .containsExactly(COMPLETED, FAILED, CANCELLED, DEAD);
    assertThat(RunStatus.values())
        .filteredOn(RunStatus::isHeld)
        .containsExactly(LEASED, RUNNING, CANCELLING);
  }

  @ParameterizedTest
  @EnumSource
  void every_state_is_queued_held_or_terminal(RunStatus status) {
    assertThat(Stream.of(status == QUEUED, status.isHeld(), status.isTerminal()).filter(b -> b))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "QUEUED, 'leased running'",
    "LEASED, queued",
    "RUNNING, leased",
    "CANCELLING, 'leased running'",
    "COMPLETED, 'leased running'",
    "FAILED, 'leased running'",
    "CANCELLED, 'queued leased running cancelling'",
    "DEAD, 'leased running'"
  })
  void sources_are_codes_in_order(RunStatus to, String sources) {
    assertThat(RunStatus.sourcesOf(to)).containsExactly(sources.split(" "));
  }

  @ParameterizedTest
  @EnumSource
  void code_reads_back(RunStatus status) {
    assertThat(RunStatus.of(status.code())).isEqualTo(status);
    assertThat(status.code()).isEqualTo(status.name().toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "QUEUED", "expired", "done"})
  void other_codes_are_refused(String code) {
    assertThatThrownBy(() -> RunStatus.of(code)).isInstanceOf(IllegalArgumentException.class);
  }
}
