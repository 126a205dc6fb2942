package dev.minitower.cli.follow;

import dev.minitower.cli.http.Answer;
import dev.minitower.cli.http.ApiClient;
import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.platform.Json;
import dev.minitower.cli.platform.Pause;
import dev.minitower.model.lifecycle.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Follows a run where there is no event stream. Each round asks for the run first and for its lines
 * after that, so that a run seen at its end has no line that the round doesn't see.
 */
final class RunPoller {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final ApiClient api;
  private final ApiPath runPath;
  private final LogPages pages;
  private final RunTail tail;
  private final Persistence persistence;
  private final Pause pause;

  RunPoller(ApiClient api, long runId, RunTail tail, Persistence persistence, Pause pause) {
    this.api = api;
    this.runPath = ApiPath.of("runs", runId);
    this.pages = new LogPages(api, runId);
    this.tail = tail;
    this.persistence = persistence;
    this.pause = pause;
  }

  RunStatus toTheEnd() {
    while (true) {
      Optional<RunStatus> end = round();
      if (end.isPresent()) {
        return end.get();
      }
      pause.await(INTERVAL);
    }
  }

  private Optional<RunStatus> round() {
    Answer answer = persistence.untilAnswered(() -> api.get(runPath));
    JsonNode run = answer.json();
    boolean over = RunTail.statusOf(run).filter(RunStatus::isTerminal).isPresent();
    if (!over) {
      tail.run(run, answer.body());
    }
    readLines(LogPages.attemptsOf(run));
    tail.run(run, answer.body());
    return tail.end();
  }

  /** An attempt's log is complete before the next attempt begins, so that none is left behind. */
  private void readLines(List<Integer> attempts) {
    if (attempts.isEmpty()) {
      readAttempt(null, tail.position().seq());
    }
    for (int attempt : attempts) {
      if (attempt >= tail.position().attemptNo()) {
        readAttempt(attempt, tail.position().seqIn(attempt));
      }
    }
  }

  private void readAttempt(@Nullable Integer attempt, long afterSeq) {
    pages.read(
        attempt,
        afterSeq,
        path -> persistence.untilAnswered(() -> api.get(path)),
        page -> {
          for (JsonNode entry : page.json().path("logs").values()) {
            tail.line(entry, Json.write(entry));
          }
        });
  }
}
