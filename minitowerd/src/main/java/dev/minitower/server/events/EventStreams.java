package dev.minitower.server.events;

import dev.minitower.server.platform.web.ApiException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** All open event streams: a few threads for any number of them. */
@Component
public final class EventStreams implements SmartLifecycle {
  private static final int MAX_STREAMS = 5_000;
  private static final int THREADS = 4;
  private static final int TICK_SECONDS = 15;

  /** A client that takes nothing for a minute is gone, or as good as gone. */
  private static final int PATIENCE_TICKS = 4;

  private final ExecutorService executor = Executors.newFixedThreadPool(THREADS, named("events-"));
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(named("event-ticker-"));
  private final Map<EventStream, Predicate<Change>> open = new ConcurrentHashMap<>();
  private volatile boolean running = true;

  EventStreams(ChangeFeed feed, MeterRegistry registry) {
    feed.listen(this::changed);
    registry.gaugeMapSize("minitower_event_streams", Set.of(), open);
    var unused =
        ticker.scheduleAtFixedRate(this::tick, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger count = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, prefix + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Turns the request into a stream that ends when its source is done or the client goes.
   *
   * @param concerns the changes after which the source may have something new; runs on the feed's
   *     thread
   */
  public void open(
      HttpServletRequest request,
      HttpServletResponse response,
      EventSource source,
      Predicate<Change> concerns)
      throws IOException {
    if (!running || open.size() >= MAX_STREAMS) {
      throw ApiException.unavailable("no further event stream can be opened now");
    }
    response.setContentType("text/event-stream;charset=UTF-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    if (request.getMethod().equals("HEAD")) {
      // Nothing is ever written to it, so nobody would notice that its client has gone.
      return;
    }
    AsyncContext context = request.startAsync();
    context.setTimeout(0);
    EventStream stream = new EventStream(context, source, executor, open::remove);
    var unused = open.put(stream, concerns);
    stream.open();
  }

  private void changed(Change change) {
    open.forEach(
        (stream, concerns) -> {
          if (concerns.test(change)) {
            stream.signal();
          }
        });
  }

  private void tick() {
    open.keySet().forEach(stream -> stream.tick(PATIENCE_TICKS));
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    open.keySet().forEach(EventStream::close);
    ticker.shutdownNow();
    executor.shutdown();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
