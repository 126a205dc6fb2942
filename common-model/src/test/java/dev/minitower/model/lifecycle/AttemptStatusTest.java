package dev.minitower.model.lifecycle;

import static dev.minitower.model.lifecycle.AttemptStatus.CANCELLED;
import static dev.minitower.model.lifecycle.AttemptStatus.CANCELLING;
import static dev.minitower.model.lifecycle.AttemptStatus.COMPLETED;
import static dev.minitower.model.lifecycle.AttemptStatus.EXPIRED;
import static dev.minitower.model.lifecycle.AttemptStatus.FAILED;
import static dev.minitower.model.lifecycle.AttemptStatus.LEASED;
import static dev.minitower.model.lifecycle.AttemptStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptStatusTest {
  private static final Set<String> EDGES =
      Set.of(
          "leased running",
          "leased cancelling",
          "leased completed",
          "leased failed",
          "leased cancelled",
          "leased expired",
          "running cancelling",
          "running completed",
          "running failed",
          "running cancelled",
          "running expired",
          "cancelling cancelled");

  static Stream<Arguments> pairs() {
    return Arrays.stream(AttemptStatus.values())
        .flatMap(from -> Arrays.stream(AttemptStatus.values()).map(to -> arguments(from, to)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void attempt_moves_along_the_table_and_no_other_way(AttemptStatus from, AttemptStatus to) {
    boolean expected = EDGES.contains(from.code() + " " + to.code());

    assertThat(from.canBecome(to)).isEqualTo(expected);
    assertThat(AttemptStatus.sourcesOf(to).contains(from.code())).isEqualTo(expected);
  }

  static Stream<Arguments> moves() {
    return EDGES.stream()
        .map(edge -> edge.split(" "))
        .map(edge -> arguments(AttemptStatus.of(edge[0]), AttemptStatus.of(edge[1])));
  }

  @ParameterizedTest
  @MethodSource("moves")
  void run_can_follow_every_move_of_its_attempt(AttemptStatus from, AttemptStatus to) {
    List<RunStatus> followers =
        to == EXPIRED ? List.of(RunStatus.QUEUED, RunStatus.DEAD) : List.of(to.runStatus());

    assertThat(followers).allMatch(from.runStatus()::canBecome);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXPIRED")
  void run_has_the_status_of_its_attempt(AttemptStatus status) {
    assertThat(status.runStatus().code()).isEqualTo(status.code());
    assertThat(status.runStatus().isHeld()).isEqualTo(status.isActive());
    assertThat(status.runStatus().isTerminal()).isEqualTo(status.isEnded());
  }

  @Test
  void expired_attempt_does_not_say_what_its_run_is() {
    assertThatThrownBy(EXPIRED::runStatus).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void ended_states_are_those_without_a_way_out() {
    assertThat(AttemptStatus.values())
        .filteredOn(AttemptStatus::isEnded)
        .containsExactly(COMPLETED, FAILED, CANCELLED, EXPIRED);
    assertThat(AttemptStatus.values())
        .filteredOn(AttemptStatus::isActive)
        .containsExactly(LEASED, RUNNING, CANCELLING);
    assertThat(AttemptStatus.activeCodes()).containsExactly("leased", "running", "cancelling");
  }

  @ParameterizedTest
  @CsvSource({
    "LEASED, ''",
    "RUNNING, leased",
    "CANCELLING, 'leased running'",
    "COMPLETED, 'leased running'",
    "FAILED, 'leased running'",
    "CANCELLED, 'leased running cancelling'",
    "EXPIRED, 'leased running'"
  })
  void sources_are_codes_in_order(AttemptStatus to, String sources) {
    assertThat(String.join(" ", AttemptStatus.sourcesOf(to))).isEqualTo(sources);
  }

  @ParameterizedTest
  @EnumSource
  void code_reads_back(AttemptStatus status) {
    assertThat(AttemptStatus.of(status.code())).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "LEASED", "queued", "dead"})
  void other_codes_are_refused(String code) {
    assertThatThrownBy(() -> AttemptStatus.of(code)).isInstanceOf(IllegalArgumentException.class);
  }
}
