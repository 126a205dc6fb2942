package dev.minitower.server.runs;

import dev.minitower.model.api.LogEntryResponse;
import dev.minitower.model.logs.StoredLine;

/** One stored line and where it stands. */
record LogEntry(int attemptNo, long seq, StoredLine line) {
  LogEntryResponse response() {
    return new LogEntryResponse(seq, line.stream(), line.text(), line.loggedAt(), attemptNo);
  }
}
