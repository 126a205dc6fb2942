package dev.minitower.server.events;

import org.jspecify.annotations.Nullable;

/**
 * Where a stream gets what it sends. Asked only when the client can take more, never by two
 * threads.
 */
public interface EventSource {
  /** The next events, as few as make progress; null when there is nothing to send now. */
  @Nullable String next();

  /** True once everything was sent that there will ever be. */
  boolean isDone();
}
