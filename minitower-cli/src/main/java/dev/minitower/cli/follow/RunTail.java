package dev.minitower.cli.follow;

import dev.minitower.cli.platform.Json;
import dev.minitower.model.lifecycle.RunStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What has been told of a run so far. Streams and plain calls both report to it, and it drops what
 * came before: a stream taken up again and a poll may overlap by any number of lines.
 */
final class RunTail {
  private final RunListener listener;
  private LogPosition position = LogPosition.START;
  private String lastRun = "";
  private @Nullable RunStatus status;

  RunTail(RunListener listener) {
    this.listener = listener;
  }

  /** What came up to here has been told by somebody else. */
  void startAfter(LogPosition from) {
    position = from;
  }

  void run(JsonNode run, String json) {
    status = statusOf(run).orElse(status);
    if (!json.equals(lastRun)) {
      lastRun = json;
      listener.runChanged(run, json);
    }
  }

  void line(JsonNode entry, String json) {
    LogPosition here = LogPosition.of(entry);
    if (here.compareTo(position) > 0) {
      position = here;
      listener.line(entry, json);
    }
  }

  LogPosition position() {
    return position;
  }

  @Nullable String lastEventId() {
    return position.equals(LogPosition.START) ? null : position.eventId();
  }

  /** The terminal state that the run is in; empty while it may still change. */
  Optional<RunStatus> end() {
    return Optional.ofNullable(status).filter(RunStatus::isTerminal);
  }

  /** Empty for a status that this program doesn't know: a newer server's, and so not an end. */
  static Optional<RunStatus> statusOf(JsonNode run) {
    try {
      return Optional.of(RunStatus.of(Json.text(run, "status")));
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }
}
