package dev.minitower.cli.follow;

import dev.minitower.cli.http.Answer;
import dev.minitower.cli.http.ApiClient;
import dev.minitower.cli.http.ApiPath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A run's log by plain calls: attempt by attempt, page by page. */
public final class LogPages {
  private final ApiClient api;
  private final long runId;

  public LogPages(ApiClient api, long runId) {
    this.api = api;
    this.runId = runId;
  }

  /** All pages of one attempt after a line's number; of the newest with a log when it is null. */
  public void read(@Nullable Integer attempt, long afterSeq, Consumer<Answer> page) {
    read(attempt, afterSeq, api::get, page);
  }

  void read(
      @Nullable Integer attempt,
      long afterSeq,
      Function<ApiPath, Answer> get,
      Consumer<Answer> page) {
    long from = afterSeq;
    while (true) {
      Answer answer = get.apply(path(attempt, from));
      page.accept(answer);
      long next = answer.json().path("next_after_seq").asLong(0);
      if (next <= from) {
        return;
      }
      from = next;
    }
  }

  /** The numbers of a run's attempts in order; none from a server that doesn't list them. */
  public static List<Integer> attemptsOf(JsonNode run) {
    var numbers = new ArrayList<Integer>();
    for (JsonNode attempt : run.path("attempts").values()) {
      numbers.add(attempt.path("attempt_no").asInt(0));
    }
    return numbers.stream().sorted().toList();
  }

  private ApiPath path(@Nullable Integer attempt, long afterSeq) {
    return ApiPath.of("runs", runId, "logs").with("after_seq", afterSeq).with("attempt", attempt);
  }
}
