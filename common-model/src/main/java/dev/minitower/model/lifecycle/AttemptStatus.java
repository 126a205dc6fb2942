package dev.minitower.model.lifecycle;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The states of one attempt and the only moves between them.
 *
 * <pre>
 *   leased     → running | cancelling | completed | failed | cancelled | expired
 *   running    → cancelling | completed | failed | cancelled | expired
 *   cancelling → cancelled
 * </pre>
 */
public enum AttemptStatus {
  LEASED("leased"),
  RUNNING("running"),
  CANCELLING("cancelling"),
  COMPLETED("completed"),
  FAILED("failed"),
  CANCELLED("cancelled"),
  EXPIRED("expired");

  private static final Map<AttemptStatus, Set<AttemptStatus>> MOVES =
      Map.of(
          LEASED, EnumSet.of(RUNNING, CANCELLING, COMPLETED, FAILED, CANCELLED, EXPIRED),
          RUNNING, EnumSet.of(CANCELLING, COMPLETED, FAILED, CANCELLED, EXPIRED),
          CANCELLING, EnumSet.of(CANCELLED));

  private final String code;

  AttemptStatus(String code) {
    this.code = code;
  }

  /** The status on the wire and in the database. */
  @JsonValue
  public String code() {
    return code;
  }

  @JsonCreator
  public static AttemptStatus of(String code) {
    return Arrays.stream(values())
        .filter(status -> status.code.equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown attempt status: " + code));
  }

  public boolean canBecome(AttemptStatus next) {
    return MOVES.getOrDefault(this, Set.of()).contains(next);
  }

  /** Holds a lease; the opposite of ended. */
  public boolean isActive() {
    return MOVES.containsKey(this);
  }

  public boolean isEnded() {
    return !isActive();
  }

  /** What the run is while its newest attempt is in this active state. */
  public RunStatus runStatus() {
    return switch (this) {
      case LEASED -> RunStatus.LEASED;
      case RUNNING -> RunStatus.RUNNING;
      case CANCELLING -> RunStatus.CANCELLING;
      case COMPLETED -> RunStatus.COMPLETED;
      case FAILED -> RunStatus.FAILED;
      case CANCELLED -> RunStatus.CANCELLED;
      case EXPIRED ->
          throw new IllegalStateException("an expired attempt leaves its run queued or dead");
    };
  }

  /** The codes of all states that may become {@code next}, for binding into a statement's guard. */
  public static List<String> sourcesOf(AttemptStatus next) {
    return Arrays.stream(values())
        .filter(status -> status.canBecome(next))
        .map(AttemptStatus::code)
        .toList();
  }

  /** The codes of all active states. */
  public static List<String> activeCodes() {
    return Arrays.stream(values())
        .filter(AttemptStatus::isActive)
        .map(AttemptStatus::code)
        .toList();
  }
}
