package dev.minitower.bench.seed;

import dev.minitower.model.api.LogStream;
import dev.minitower.model.logs.LogChunkCodec;
import dev.minitower.model.logs.StoredLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chunks as the server stores them, of a few sizes for each hour: packing every chunk by itself
 * would take most of the time, and nobody can tell that chunks of one hour are the same.
 */
final class PreparedLogs {
  private static final int[] LINES = {1, 3, 3, 5, 8, 8, 13, 40};
  private static final long HOUR = Duration.ofHours(1).toMillis();

  private final Map<Long, List<Chunk>> byHour = new HashMap<>();

  /** A stored form, to be bound as it is. */
  static final class Chunk {
    private final int lines;
    private final byte[] bytes;

    private Chunk(int lines, byte[] bytes) {
      this.lines = lines;
      this.bytes = bytes;
    }

    int lines() {
      return lines;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  /** A chunk of the hour, one of {@link #sizes}. */
  Chunk at(long millis, int size) {
    return byHour.computeIfAbsent(millis / HOUR, PreparedLogs::pack).get(size);
  }

  static int sizes() {
    return LINES.length;
  }

  private static List<Chunk> pack(long hour) {
    List<Chunk> chunks = new ArrayList<>();
    for (int count : LINES) {
      List<StoredLine> lines = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        lines.add(line(hour * HOUR, i));
      }
      chunks.add(new Chunk(count, LogChunkCodec.encode(lines)));
    }
    return chunks;
  }

  private static StoredLine line(long from, int index) {
    Instant at = Instant.ofEpochMilli(from + index * 137L);
    return index % 10 == 7
        ? new StoredLine(LogStream.STDERR, at, "WARNING: no price in row %d".formatted(index * 31))
        : new StoredLine(
            LogStream.STDOUT,
            at,
            "{\"level\":\"info\",\"step\":\"load\",\"part\":%d,\"rows\":%d}"
                .formatted(index, (from / HOUR * 7919 + index * 613L) % 50_000));
  }
}
