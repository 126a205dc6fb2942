package dev.minitower.server.runs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.minitower.model.api.LogListResponse;
import dev.minitower.model.api.LogSearchResponse;
import dev.minitower.server.platform.auth.TeamPrincipal;
import dev.minitower.server.platform.web.ApiException;
import dev.minitower.server.platform.web.SearchText;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a run printed: page by page, or all of it as a text file. */
@RestController
@RequestMapping("/api/v1/runs/{run}/logs")
class RunLogController {
  private static final int MAX_LIMIT = 50_000;
  private static final int DEFAULT_LIMIT = 10_000;
  private static final int DOWNLOAD_PAGE = 5_000;

  private final LogService logs;
  private final LogSearch search;

  RunLogController(LogService logs, LogSearch search) {
    this.logs = logs;
    this.search = search;
  }

  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  LogListResponse page(
      TeamPrincipal team,
      @PathVariable("run") long runId,
      @RequestParam(required = false) @Nullable Integer attempt,
      @RequestParam(name = "after_seq", required = false) @Nullable Long afterSeq,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable Integer tail) {
    if (tail == null) {
      return page(team, runId, attempt, checkedSeq(afterSeq), checkedLines("limit", limit));
    }
    if (afterSeq != null || limit != null) {
      throw ApiException.invalidField("tail", "can't be used together with after_seq or limit");
    }
    List<LogEntry> last = logs.tail(team.teamId(), runId, attempt, checkedLines("tail", tail));
    return new LogListResponse(last.stream().map(LogEntry::response).toList(), null);
  }

  private static int checkedLines(String field, @Nullable Integer lines) {
    int checked = lines == null ? DEFAULT_LIMIT : lines;
    if (checked < 1 || checked > MAX_LIMIT) {
      throw ApiException.invalidField(
          field, "must be an integer from 1 to %d".formatted(MAX_LIMIT));
    }
    return checked;
  }

  private static long checkedSeq(@Nullable Long afterSeq) {
    long checked = afterSeq == null ? 0 : afterSeq;
    if (checked < 0) {
      throw ApiException.invalidField("after_seq", "must be an integer from 0");
    }
    return checked;
  }

  private LogListResponse page(
      TeamPrincipal team, long runId, @Nullable Integer attempt, long afterSeq, int limit) {
    List<LogEntry> entries = logs.page(team.teamId(), runId, attempt, afterSeq, limit + 1);
    boolean more = entries.size() > limit;
    List<LogEntry> shown = more ? entries.subList(0, limit) : entries;
    return new LogListResponse(
        shown.stream().map(LogEntry::response).toList(), more ? shown.get(limit - 1).seq() : null);
  }

  @GetMapping(path = "/search", produces = MediaType.APPLICATION_JSON_VALUE)
  LogSearchResponse search(
      TeamPrincipal team,
      @PathVariable("run") long runId,
      @RequestParam String q,
      @RequestParam(required = false) @Nullable Integer attempt,
      @RequestParam(name = "after_seq", required = false) @Nullable Long afterSeq) {
    return search.find(team.teamId(), runId, attempt, SearchText.exactly(q), checkedSeq(afterSeq));
  }

  /**
   * Written as it is read, so that its size does not matter; attempts are told apart by a head
   * line.
   */
  @GetMapping("/download")
  void download(TeamPrincipal team, @PathVariable("run") long runId, HttpServletResponse response)
      throws IOException {
    List<Attempt> attempts = logs.attemptsOf(team.teamId(), runId);
    response.setContentType("text/plain;charset=UTF-8");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"run-%d.log\"".formatted(runId));
    OutputStream out = response.getOutputStream();
    for (Attempt attempt : attempts) {
      if (attempts.size() > 1) {
        out.write("==> attempt %d\n".formatted(attempt.attemptNo()).getBytes(UTF_8));
      }
      write(team.teamId(), attempt, out);
    }
  }

  private void write(long teamId, Attempt attempt, OutputStream out) throws IOException {
    long after = 0;
    List<LogEntry> page;
    do {
      page = logs.page(teamId, attempt.runId(), attempt.attemptNo(), after, DOWNLOAD_PAGE);
      for (LogEntry entry : page) {
        out.write(entry.line().text().getBytes(UTF_8));
        out.write('\n');
        after = entry.seq();
      }
    } while (page.size() == DOWNLOAD_PAGE);
  }
}
