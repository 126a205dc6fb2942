package dev.minitower.server.runs;

import dev.minitower.model.api.LogLine;
import dev.minitower.model.logs.StoredLine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** A stretch of lines with consecutive sequence numbers: what is stored as one row. */
record LogChunk(long firstSeq, List<StoredLine> lines) {

  long lastSeq() {
    return firstSeq + lines.size() - 1;
  }

  /** The part from {@code from} to {@code to}, both inclusive and inside the chunk. */
  LogChunk part(long from, long to) {
    return new LogChunk(from, lines.subList((int) (from - firstSeq), (int) (to - firstSeq) + 1));
  }

  /** Sorts a batch, drops what it holds twice, and cuts it where numbers are missing. */
  static List<LogChunk> of(Collection<LogLine> batch) {
    TreeMap<Long, LogLine> inOrder = new TreeMap<>();
    for (LogLine line : batch) {
      var unused = inOrder.putIfAbsent(line.seq(), line);
    }
    List<LogChunk> chunks = new ArrayList<>();
    for (LogLine line : inOrder.values()) {
      LogChunk last = chunks.isEmpty() ? null : chunks.get(chunks.size() - 1);
      if (last == null || last.lastSeq() + 1 != line.seq()) {
        last = new LogChunk(line.seq(), new ArrayList<>());
        chunks.add(last);
      }
      last.lines().add(new StoredLine(line.stream(), line.loggedAt(), line.line()));
    }
    return chunks;
  }
}
