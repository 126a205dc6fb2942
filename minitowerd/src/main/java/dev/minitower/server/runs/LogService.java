package dev.minitower.server.runs;

import dev.minitower.model.api.LogLine;
import dev.minitower.model.logs.LogChunkCodec;
import dev.minitower.server.events.Change;
import dev.minitower.server.events.ChangeFeed;
import dev.minitower.server.platform.database.Transactions;
import dev.minitower.server.platform.web.ApiException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Stores and shows what runs print. */
@Service
class LogService {
  private final Transactions transactions;
  private final AttemptService attemptService;
  private final AttemptRepository attempts;
  private final LogRepository logs;
  private final RunQueries queries;
  private final ChangeFeed feed;

  LogService(
      Transactions transactions,
      AttemptService attemptService,
      AttemptRepository attempts,
      LogRepository logs,
      RunQueries queries,
      ChangeFeed feed) {
    this.transactions = transactions;
    this.attemptService = attemptService;
    this.attempts = attempts;
    this.logs = logs;
    this.queries = queries;
    this.feed = feed;
  }

  /** A chunk with its stored form, made before the writer's turn. */
  private static final class Encoded {
    private final LogChunk chunk;
    private final byte[] bytes;

    Encoded(LogChunk chunk) {
      this.chunk = chunk;
      this.bytes = LogChunkCodec.encode(chunk.lines());
    }
  }

  /** Stores the lines that are not stored yet, in whatever order batches arrive. */
  void append(LeaseHolder holder, List<LogLine> batch) {
    List<Encoded> chunks = LogChunk.of(batch).stream().map(Encoded::new).toList();
    boolean unused =
        attemptService.whileLive(
            holder,
            (attempt, now) -> {
              chunks.forEach(chunk -> store(attempt, chunk));
              if (!chunks.isEmpty()) {
                note(attempt, chunks.get(chunks.size() - 1).chunk.lastSeq(), now);
              }
              return true;
            });
  }

  private void note(Attempt attempt, long lastSeq, Instant now) {
    if (!attempts.recordLogs(attempt.id(), lastSeq, now)) {
      throw new IllegalStateException("lines stored under no lease, attempt=" + attempt.id());
    }
    feed.publish(new Change.LogsAdded(attempt.runId()));
  }

  private void store(Attempt attempt, Encoded encoded) {
    if (encoded.chunk.firstSeq() > attempt.lastLogSeq()) {
      logs.insert(attempt.id(), encoded.chunk, encoded.bytes);
      return;
    }
    for (LogChunk missing : missing(attempt.id(), encoded.chunk)) {
      logs.insert(attempt.id(), missing, LogChunkCodec.encode(missing.lines()));
    }
  }

  /** The parts of a chunk that no stored one covers. */
  private List<LogChunk> missing(long attemptId, LogChunk chunk) {
    List<LogChunk> parts = new ArrayList<>();
    long next = chunk.firstSeq();
    for (var stored : logs.overlapping(attemptId, chunk.firstSeq(), chunk.lastSeq())) {
      if (stored.firstSeq() > next) {
        parts.add(chunk.part(next, stored.firstSeq() - 1));
      }
      next = Math.max(next, stored.lastSeq() + 1);
    }
    if (next <= chunk.lastSeq()) {
      parts.add(chunk.part(next, chunk.lastSeq()));
    }
    return parts;
  }

  /**
   * A page of one attempt's lines.
   *
   * @param attemptNo null for the newest attempt that has lines
   */
  List<LogEntry> page(
      long teamId, long runId, @Nullable Integer attemptNo, long afterSeq, int limit) {
    return transactions.read(
        () ->
            attempt(teamId, runId, attemptNo)
                .map(attempt -> logs.read(attempt.id(), attempt.attemptNo(), afterSeq, limit))
                .orElse(List.of()));
  }

  /** The last lines of one attempt, in order. */
  List<LogEntry> tail(long teamId, long runId, @Nullable Integer attemptNo, int lines) {
    return transactions.read(
        () ->
            attempt(teamId, runId, attemptNo)
                .map(
                    attempt ->
                        logs.read(
                            attempt.id(),
                            attempt.attemptNo(),
                            logs.seqBeforeLast(attempt.id(), lines),
                            lines))
                .orElse(List.of()));
  }

  /**
   * The attempt whose lines are meant.
   *
   * @param attemptNo null for the newest attempt that has lines
   */
  Optional<Attempt> attempt(long teamId, long runId, @Nullable Integer attemptNo) {
    return pick(attemptsOf(teamId, runId), attemptNo);
  }

  private static Optional<Attempt> pick(List<Attempt> attempts, @Nullable Integer attemptNo) {
    if (attemptNo == null) {
      return attempts.stream()
          .filter(attempt -> attempt.lastLogSeq() > 0)
          .reduce((older, newer) -> newer);
    }
    return Optional.of(
        attempts.stream()
            .filter(attempt -> attempt.attemptNo() == attemptNo)
            .findFirst()
            .orElseThrow(() -> ApiException.notFound("attempt")));
  }

  /** The attempts of a team's run, oldest first. */
  List<Attempt> attemptsOf(long teamId, long runId) {
    Run run = queries.find(teamId, runId).orElseThrow(() -> ApiException.notFound("run"));
    return attempts.ofRun(run.id());
  }
}
