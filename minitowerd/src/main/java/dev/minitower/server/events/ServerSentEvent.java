package dev.minitower.server.events;

import org.jspecify.annotations.Nullable;

/** One event in the text form of the HTML standard's section on server-sent events. */
public final class ServerSentEvent {
  /** Keeps a connection open and tells nothing. */
  static final String COMMENT = ": still here\n\n";

  private ServerSentEvent() {}

  /**
   * An event on the wire.
   *
   * @param id what {@code Last-Event-ID} resumes after; null if nothing does
   * @param data one line: JSON without line ends
   */
  public static String of(String event, @Nullable String id, String data) {
    String idLine = id == null ? "" : "id: " + id + "\n";
    return idLine + "event: " + event + "\ndata: " + data + "\n\n";
  }
}
