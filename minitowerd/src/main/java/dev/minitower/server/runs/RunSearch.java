package dev.minitower.server.runs;

import dev.minitower.server.platform.web.ApiException;
import dev.minitower.server.platform.web.Page;
import dev.minitower.server.runs.RunQueries.Filter;
import dev.minitower.server.runs.RunSearchQueries.Hits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds runs by a text: in the app's slug, as the number, in input or error message. A request does
 * no more than it may; its page then ends early, with a cursor that goes on from there.
 */
@Component
class RunSearch {
  private static final Pattern NUMBER = Pattern.compile("#?(\\d{1,18})");

  /** More walks than these cost more than one along all of the team's runs. */
  private static final int MAX_WALKS = 200;

  /** How many ids a look into the index spans, divided by the length of the text. */
  private static final long SPAN = 4_000_000;

  private static final long BUDGET_NANOS = Duration.ofMillis(20).toNanos();

  private final RunSearchQueries queries;

  RunSearch(RunSearchQueries queries) {
    this.queries = queries;
  }

  /**
   * A page of ids.
   *
   * @param nextCursor null if there is nothing more to look at
   */
  record Found(List<Long> ids, @Nullable String nextCursor) {}

  Found find(Filter filter, String text, Page page) {
    if (page.offset() > 0) {
      throw ApiException.invalidField("offset", "can't be used together with q; use cursor");
    }
    int wanted = page.fetchLimit();
    List<Hits> all =
        List.of(byNumber(filter, text), byApp(filter, text, wanted), byText(filter, text, wanted));
    long completeTo = all.stream().mapToLong(Hits::completeTo).max().orElseThrow();
    List<Long> ids =
        all.stream()
            .flatMap(hits -> hits.ids().stream())
            .filter(id -> id >= completeTo)
            .distinct()
            .sorted((a, b) -> Long.compare(b, a))
            .limit(wanted)
            .toList();
    List<Long> shown = page.shown(ids);
    if (ids.size() > shown.size()) {
      return new Found(shown, Page.cursor(String.valueOf(shown.get(shown.size() - 1))));
    }
    boolean done = completeTo <= Hits.ALL;
    return new Found(shown, done ? null : Page.cursor(String.valueOf(completeTo)));
  }

  private static final Hits NONE = new Hits(List.of(), Hits.ALL);

  private Hits byNumber(Filter filter, String text) {
    Matcher number = NUMBER.matcher(text);
    return number.matches() ? queries.numbered(filter, Long.parseLong(number.group(1))) : NONE;
  }

  private Hits byApp(Filter filter, String text, int wanted) {
    List<Long> apps = queries.appsNamed(filter, text);
    if (apps.isEmpty()) {
      return NONE;
    }
    long walks = (long) apps.size() * Math.max(1, filter.statuses().size());
    return walks <= MAX_WALKS
        ? queries.ofApps(filter, apps, wanted)
        : queries.ofManyApps(filter, text, wanted);
  }

  /** Span by span, so that a text whose parts are everywhere but never together can't take long. */
  private Hits byText(Filter filter, String text, int wanted) {
    int length = text.codePointCount(0, text.length());
    if (length < RunTextMatch.SHORTEST) {
      return NONE;
    }
    String match = RunTextMatch.of(filter.teamId(), text);
    long started = System.nanoTime();
    List<Long> ids = new ArrayList<>();
    long before = Math.min(filter.beforeId(), queries.newestId() + 1);
    while (before > Hits.ALL && ids.size() < wanted && System.nanoTime() - started < BUDGET_NANOS) {
      long from = Math.max(Hits.ALL, before - SPAN / length);
      Filter rest = new Filter(filter.teamId(), filter.appId(), filter.statuses(), before);
      Hits hits = queries.holding(rest, match, from, wanted - ids.size());
      ids.addAll(hits.ids());
      before = hits.completeTo();
    }
    return new Hits(ids, before);
  }
}
