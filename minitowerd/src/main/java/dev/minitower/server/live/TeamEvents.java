package dev.minitower.server.live;

import dev.minitower.server.events.EventSource;
import dev.minitower.server.events.ServerSentEvent;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What changed and was not told yet, each run and runner once however often it changed. A reader
 * that falls too far behind is let go: it connects again and reads the lists.
 */
final class TeamEvents implements EventSource {
  private static final int MAX_BEHIND = 10_000;
  private static final String HELLO = ServerSentEvent.of("hello", null, "{}");

  private final LongFunction<String> run;
  private final LongFunction<Optional<String>> runner;
  private final Set<Long> runs = new LinkedHashSet<>();
  private final Set<Long> runners = new LinkedHashSet<>();
  private boolean greeted;
  private boolean tooFarBehind;

  TeamEvents(LongFunction<String> run, LongFunction<Optional<String>> runner) {
    this.run = run;
    this.runner = runner;
  }

  synchronized void runChanged(long runId) {
    note(runs, runId);
  }

  synchronized void runnerChanged(long runnerId) {
    note(runners, runnerId);
  }

  private void note(Set<Long> changed, long id) {
    tooFarBehind = tooFarBehind || changed.size() >= MAX_BEHIND;
    if (!tooFarBehind) {
      var unused = changed.add(id);
    }
  }

  @Override
  public @Nullable String next() {
    if (!greeted) {
      greeted = true;
      return HELLO;
    }
    Long runId = take(runs);
    if (runId != null) {
      return ServerSentEvent.of("run", null, run.apply(runId));
    }
    Long runnerId = take(runners);
    return runnerId == null
        ? null
        : runner
            .apply(runnerId)
            .map(body -> ServerSentEvent.of("runner", null, body))
            .orElseGet(this::next);
  }

  private synchronized @Nullable Long take(Set<Long> changed) {
    Iterator<Long> each = changed.iterator();
    if (!each.hasNext()) {
      return null;
    }
    Long id = each.next();
    each.remove();
    return id;
  }

  @Override
  public synchronized boolean isDone() {
    return tooFarBehind;
  }
}
