package dev.minitower.server.runs;

import dev.minitower.server.platform.web.ApiException;
import dev.minitower.server.platform.web.Page;
import dev.minitower.server.runs.RunQueries.Filter;
import dev.minitower.server.runs.RunSearchQueries.Hits;
import java.util.Comparator;
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

  private static final Hits NONE = new Hits(List.of(), Hits.ALL);

  /** More walks than these cost more than one along all of the team's runs. */
  private static final int MAX_WALKS = 200;

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
            .sorted(Comparator.reverseOrder())
            .limit(wanted)
            .toList();
    List<Long> shown = page.shown(ids);
    if (ids.size() > shown.size()) {
      return new Found(shown, Page.cursor(String.valueOf(shown.get(shown.size() - 1))));
    }
    boolean done = completeTo <= Hits.ALL;
    return new Found(shown, done ? null : Page.cursor(String.valueOf(completeTo)));
  }

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

  private Hits byText(Filter filter, String text, int wanted) {
    return text.codePointCount(0, text.length()) < RunTextMatch.SHORTEST
        ? NONE
        : queries.holding(filter, new RunTextMatch(filter.teamId(), text), wanted);
  }
}
