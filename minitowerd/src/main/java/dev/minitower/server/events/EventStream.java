package dev.minitower.server.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open event stream. It pulls from its source only while the client can take more, so that a
 * slow reader costs no memory and no thread: it stops being asked, and is cut off when it takes
 * nothing for too long. It resumes by the id of its last event.
 */
public final class EventStream implements WriteListener, AsyncListener {
  private static final Logger log = LoggerFactory.getLogger(EventStream.class);

  private final AsyncContext context;
  private final ServletOutputStream out;
  private final EventSource source;
  private final Executor executor;
  private final Consumer<EventStream> onClose;
  private final AtomicInteger signals = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicBoolean commentDue = new AtomicBoolean();
  private final AtomicInteger ticksWithoutProgress = new AtomicInteger();

  /** Before, the container still holds the request: what is written then breaks it. */
  private volatile boolean open;

  private volatile boolean blocked;
  private boolean unflushed;

  EventStream(
      AsyncContext context, EventSource source, Executor executor, Consumer<EventStream> onClose)
      throws IOException {
    this.context = context;
    this.out = context.getResponse().getOutputStream();
    this.source = source;
    this.executor = executor;
    this.onClose = onClose;
  }

  void open() {
    context.addListener(this);
    out.setWriteListener(this);
  }

  /**
   * There may be something to send; many signals at once are one look. One that comes too early is
   * made up for by the container's first call.
   */
  public void signal() {
    if (!open || closed.get() || signals.getAndIncrement() > 0) {
      return;
    }
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException e) {
      close();
    }
  }

  /** One thread at a time; signals that come meanwhile are seen before it leaves. */
  private void drain() {
    int seen = signals.get();
    do {
      try {
        pump();
      } catch (IOException | RuntimeException e) {
        log.debug("An event stream broke", e);
        close();
        return;
      }
      seen = signals.addAndGet(-seen);
    } while (seen > 0);
  }

  private void pump() throws IOException {
    while (!closed.get()) {
      if (!out.isReady()) {
        // The container calls onWritePossible once the client has taken what is under way.
        blocked = true;
        return;
      }
      blocked = false;
      if (unflushed) {
        unflushed = false;
        out.flush();
        continue;
      }
      String events = next();
      if (events == null) {
        if (source.isDone()) {
          close();
        }
        return;
      }
      out.write(events.getBytes(UTF_8));
      unflushed = true;
      ticksWithoutProgress.set(0);
    }
  }

  private @Nullable String next() {
    String events = source.next();
    return events == null && !source.isDone() && commentDue.getAndSet(false)
        ? ServerSentEvent.COMMENT
        : events;
  }

  /**
   * Called at regular times: a stream that has sent nothing since the last one sends a comment; one
   * whose client has taken nothing for {@code patience} of them is cut off.
   */
  void tick(int patience) {
    if (ticksWithoutProgress.incrementAndGet() > patience && blocked) {
      close();
      return;
    }
    commentDue.set(true);
    signal();
  }

  @Override
  public void onWritePossible() {
    open = true;
    signal();
  }

  @Override
  public void onError(Throwable e) {
    close();
  }

  /** Ends the stream; safe to repeat, from any thread. */
  void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    onClose.accept(this);
    complete();
  }

  private void complete() {
    try {
      context.complete();
    } catch (IllegalStateException e) {
      // The container ended it first.
    }
  }

  @Override
  public void onComplete(AsyncEvent event) {
    close();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    close();
  }

  /** One that nobody completes here gets an error page, even if it was closed before in vain. */
  @Override
  public void onError(AsyncEvent event) {
    close();
    complete();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // Nothing starts it anew.
  }
}
