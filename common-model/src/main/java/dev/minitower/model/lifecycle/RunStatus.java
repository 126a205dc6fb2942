package dev.minitower.model.lifecycle;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The states of one run and the only moves between them. A run moves with its newest attempt, save
 * for creation and the cancelling of a run that nobody holds.
 *
 * <pre>
 *   queued     → leased | cancelled
 *   leased     → running | cancelling | completed | failed | cancelled | queued | dead
 *   running    → cancelling | completed | failed | cancelled | queued | dead
 *   cancelling → cancelled
 * </pre>
 */
public enum RunStatus {
  QUEUED("queued"),
  LEASED("leased"),
  RUNNING("running"),
  CANCELLING("cancelling"),
  COMPLETED("completed"),
  FAILED("failed"),
  CANCELLED("cancelled"),
  DEAD("dead");

  private static final Map<RunStatus, Set<RunStatus>> MOVES =
      Map.of(
          QUEUED, EnumSet.of(LEASED, CANCELLED),
          LEASED, EnumSet.of(RUNNING, CANCELLING, COMPLETED, FAILED, CANCELLED, QUEUED, DEAD),
          RUNNING, EnumSet.of(CANCELLING, COMPLETED, FAILED, CANCELLED, QUEUED, DEAD),
          CANCELLING, EnumSet.of(CANCELLED));

  private final String code;

  RunStatus(String code) {
    this.code = code;
  }

  /** The status on the wire and in the database. */
  @JsonValue
  public String code() {
    return code;
  }

  @JsonCreator
  public static RunStatus of(String code) {
    return Arrays.stream(values())
        .filter(status -> status.code.equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown run status: " + code));
  }

  public boolean canBecome(RunStatus next) {
    return MOVES.getOrDefault(this, Set.of()).contains(next);
  }

  public boolean isTerminal() {
    return !MOVES.containsKey(this);
  }

  /** A runner holds the run: leased, running or cancelling. */
  public boolean isHeld() {
    return this == LEASED || this == RUNNING || this == CANCELLING;
  }

  /** The codes of all states that may become {@code next}, for binding into a statement's guard. */
  public static List<String> sourcesOf(RunStatus next) {
    return Arrays.stream(values())
        .filter(status -> status.canBecome(next))
        .map(RunStatus::code)
        .toList();
  }
}
