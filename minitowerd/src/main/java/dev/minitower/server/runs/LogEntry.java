package dev.minitower.server.runs;

import dev.minitower.model.api.LogEntryResponse;

/** One stored line and where it stands. */
record LogEntry(int attemptNo, long seq, LogChunk.Line line) {
  LogEntryResponse response() {
    return new LogEntryResponse(seq, line.stream(), line.text(), line.loggedAt(), attemptNo);
  }
}
