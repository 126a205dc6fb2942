package dev.minitower.server.runs;

import dev.minitower.model.api.LogSearchResponse;
import dev.minitower.model.logs.StoredLine;
import dev.minitower.server.platform.database.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Finds the lines of an attempt that hold a text. */
@Service
class LogSearch {
  private static final int MAX_LINES = 50_000;
  private static final int MAX_CHARACTERS = 8_000_000;
  private static final int MAX_HITS = 10_000;

  /** What colours a line stands between the letters that a reader sees. */
  private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;:]*m");

  private final Transactions transactions;
  private final LogService service;
  private final LogRepository logs;

  LogSearch(Transactions transactions, LogService service, LogRepository logs) {
    this.transactions = transactions;
    this.service = service;
    this.logs = logs;
  }

  /**
   * The numbers of the lines that hold the text, in either case and whatever their colours. A
   * request reads no more than it may; {@code next_after_seq} then says where the next goes on.
   *
   * @param attemptNo null for the newest attempt that has lines
   */
  LogSearchResponse find(
      long teamId, long runId, @Nullable Integer attemptNo, String text, long afterSeq) {
    return transactions.read(
        () ->
            service
                .attempt(teamId, runId, attemptNo)
                .map(attempt -> find(attempt, text, afterSeq))
                .orElseGet(() -> new LogSearchResponse(null, List.of(), null)));
  }

  private LogSearchResponse find(Attempt attempt, String text, long afterSeq) {
    Scan scan = new Scan(text, afterSeq);
    try (Stream<LogChunk> chunks = logs.chunksAfter(attempt.id(), afterSeq)) {
      var each = chunks.iterator();
      while (scan.mayGoOn() && each.hasNext()) {
        scan.read(each.next());
      }
    }
    @Nullable Long next = scan.at < attempt.lastLogSeq() ? scan.at : null;
    return new LogSearchResponse(attempt.attemptNo(), scan.hits, next);
  }

  /** One request's way along the lines. */
  private static final class Scan {
    private final String text;
    private final List<Long> hits = new ArrayList<>();
    private long at;
    private int lines;
    private int characters;

    Scan(String text, long afterSeq) {
      this.text = text.toLowerCase(Locale.ROOT);
      this.at = afterSeq;
    }

    boolean mayGoOn() {
      return lines < MAX_LINES && characters < MAX_CHARACTERS && hits.size() < MAX_HITS;
    }

    void read(LogChunk chunk) {
      long seq = chunk.firstSeq();
      for (StoredLine line : chunk.lines()) {
        if (seq > at && mayGoOn()) {
          read(seq, line.text());
        }
        seq++;
      }
    }

    private void read(long seq, String line) {
      lines++;
      characters += line.length();
      at = seq;
      if (plain(line).toLowerCase(Locale.ROOT).contains(text)) {
        hits.add(seq);
      }
    }
  }

  private static String plain(String line) {
    return line.indexOf('\u001b') < 0 ? line : COLOURS.matcher(line).replaceAll("");
  }
}
