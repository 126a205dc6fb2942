package dev.minitower.server.runs;

import dev.minitower.model.api.LogEntryResponse;
import dev.minitower.model.api.RunResponse;
import dev.minitower.server.platform.database.Transactions;
import dev.minitower.server.platform.web.ApiException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * A run and its lines over all attempts, step by step from any position, each step one snapshot.
 */
@Service
public class RunHistory {
  private static final int STEP = 500;

  private final Transactions transactions;
  private final RunQueries queries;
  private final AttemptRepository attempts;
  private final LogRepository logs;
  private final RunResponses responses;

  RunHistory(
      Transactions transactions,
      RunQueries queries,
      AttemptRepository attempts,
      LogRepository logs,
      RunResponses responses) {
    this.transactions = transactions;
    this.queries = queries;
    this.attempts = attempts;
    this.logs = logs;
    this.responses = responses;
  }

  /** The line after which a reader goes on; written {@code <attempt_no>.<seq>}. */
  public record Position(int attemptNo, long seq) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\.(\\d{1,18})");

    /** From the beginning if there is no id; an id that none of ours is refused. */
    public static Position after(@Nullable String lastEventId) {
      if (lastEventId == null || lastEventId.isEmpty()) {
        return new Position(1, 0);
      }
      Matcher matcher = FORM.matcher(lastEventId);
      if (!matcher.matches()) {
        throw ApiException.invalid("Last-Event-ID must be the id of an event of this stream");
      }
      return new Position(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }
  }

  /**
   * What comes next.
   *
   * @param isEnd the run is terminal and no line is left
   */
  public record Step(
      RunResponse run, List<LogEntryResponse> lines, Position position, boolean isEnd) {}

  /** Refuses a run that is not the team's. */
  public void requireRun(long teamId, long runId) {
    if (queries.find(teamId, runId).isEmpty()) {
      throw ApiException.notFound("run");
    }
  }

  /**
   * The next lines after {@code position}. An attempt's lines are all told before the next
   * attempt's: it is left only once it has ended, when no line can be added to it any more.
   */
  public Step after(long teamId, long runId, Position position) {
    return transactions.read(
        () -> {
          Run run = queries.find(teamId, runId).orElseThrow(() -> ApiException.notFound("run"));
          List<Attempt> all = attempts.ofRun(runId);
          Position at = position;
          List<LogEntry> lines = linesAt(all, at);
          while (lines.isEmpty() && hasNext(all, at)) {
            at = new Position(at.attemptNo() + 1, 0);
            lines = linesAt(all, at);
          }
          boolean end = lines.isEmpty() && run.status().isTerminal();
          Position next =
              lines.isEmpty()
                  ? at
                  : new Position(at.attemptNo(), lines.get(lines.size() - 1).seq());
          return new Step(
              responses.of(run, all), lines.stream().map(LogEntry::response).toList(), next, end);
        });
  }

  private List<LogEntry> linesAt(List<Attempt> all, Position at) {
    return all.stream()
        .filter(attempt -> attempt.attemptNo() == at.attemptNo())
        .filter(attempt -> attempt.lastLogSeq() > at.seq())
        .findFirst()
        .map(attempt -> logs.read(attempt.id(), attempt.attemptNo(), at.seq(), STEP))
        .orElse(List.of());
  }

  private static boolean hasNext(List<Attempt> all, Position at) {
    return all.stream()
            .anyMatch(
                attempt -> attempt.attemptNo() == at.attemptNo() && attempt.status().isEnded())
        && all.stream().anyMatch(attempt -> attempt.attemptNo() > at.attemptNo());
  }
}
