package dev.minitower.server.runs;

import dev.minitower.model.logs.LogChunkCodec;
import dev.minitower.model.logs.StoredLine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The stored chunks of attempts' lines. Chunks of one attempt never overlap. */
@Repository
class LogRepository {
  private final JdbcClient jdbc;

  LogRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Which numbers a stored chunk covers. */
  record Stretch(long firstSeq, long lastSeq) {}

  void insert(long attemptId, LogChunk chunk, byte[] encoded) {
    int rows =
        jdbc.sql(
                """
                INSERT INTO run_log_chunks (attempt_id, first_seq, last_seq, lines)
                VALUES (:attempt, :first, :last, :lines)
                """)
            .param("attempt", attemptId)
            .param("first", chunk.firstSeq())
            .param("last", chunk.lastSeq())
            .param("lines", encoded)
            .update();
    if (rows != 1) {
      throw new IllegalStateException("a log chunk was not stored, attempt=" + attemptId);
    }
  }

  /** The stored stretches that share a number with {@code first} to {@code last}, in order. */
  List<Stretch> overlapping(long attemptId, long first, long last) {
    return jdbc.sql(
            """
            SELECT first_seq, last_seq FROM run_log_chunks
             WHERE attempt_id = :attempt AND first_seq <= :last AND last_seq >= :first
               AND first_seq >= coalesce((SELECT max(first_seq) FROM run_log_chunks
                                           WHERE attempt_id = :attempt AND first_seq <= :first), 0)
             ORDER BY first_seq
            """)
        .param("attempt", attemptId)
        .param("first", first)
        .param("last", last)
        .query((row, i) -> new Stretch(row.getLong("first_seq"), row.getLong("last_seq")))
        .list();
  }

  /** The number after which an attempt has exactly that many lines; 0 if it has no more. */
  long seqBeforeLast(long attemptId, int lines) {
    long left = lines;
    try (Stream<Stretch> stretches = stretchesFromEnd(attemptId)) {
      var each = stretches.iterator();
      while (each.hasNext()) {
        Stretch stretch = each.next();
        long count = stretch.lastSeq() - stretch.firstSeq() + 1;
        if (count >= left) {
          return stretch.lastSeq() - left;
        }
        left -= count;
      }
    }
    return 0;
  }

  private Stream<Stretch> stretchesFromEnd(long attemptId) {
    return jdbc
        .sql(
            """
            SELECT first_seq, last_seq FROM run_log_chunks
             WHERE attempt_id = :attempt
             ORDER BY first_seq DESC
            """)
        .param("attempt", attemptId)
        .query((row, i) -> new Stretch(row.getLong("first_seq"), row.getLong("last_seq")))
        .stream();
  }

  /** Up to {@code limit} entries of an attempt after {@code afterSeq}, in order. */
  List<LogEntry> read(long attemptId, int attemptNo, long afterSeq, int limit) {
    List<LogEntry> entries = new ArrayList<>();
    try (Stream<LogChunk> chunks = chunksAfter(attemptId, afterSeq)) {
      var each = chunks.iterator();
      while (entries.size() < limit && each.hasNext()) {
        add(each.next(), attemptNo, afterSeq, limit, entries);
      }
    }
    return entries;
  }

  private static void add(
      LogChunk chunk, int attemptNo, long afterSeq, int limit, List<LogEntry> entries) {
    long seq = chunk.firstSeq();
    for (StoredLine line : chunk.lines()) {
      if (seq > afterSeq && entries.size() < limit) {
        entries.add(new LogEntry(attemptNo, seq, line));
      }
      seq++;
    }
  }

  /**
   * In order, the first one maybe from before {@code afterSeq}. Read row by row: a page costs what
   * it shows, not what the log holds.
   */
  Stream<LogChunk> chunksAfter(long attemptId, long afterSeq) {
    return jdbc
        .sql(
            """
            SELECT first_seq, last_seq, lines FROM run_log_chunks
             WHERE attempt_id = :attempt AND last_seq > :after
               AND first_seq >= coalesce((SELECT max(first_seq) FROM run_log_chunks
                                           WHERE attempt_id = :attempt AND first_seq <= :after + 1), 0)
             ORDER BY first_seq
            """)
        .param("attempt", attemptId)
        .param("after", afterSeq)
        .query(
            (row, i) -> {
              long first = row.getLong("first_seq");
              int count = (int) (row.getLong("last_seq") - first + 1);
              return new LogChunk(first, LogChunkCodec.decode(row.getBytes("lines"), count));
            })
        .stream();
  }
}
