package dev.minitower.cli.http;

import java.time.Duration;

/** Is told of calls as they begin and end. Of what is sent it learns the path only. */
public interface CallTrace {
  /** A call that the server may take its time to answer; closed when it has, or won't. */
  Waiting begins(String call);

  void called(String call, int status, Duration took, String requestId);

  /** No answer came, or none that could be read. */
  void unanswered(String call, Duration took);

  /** Ends the waiting. */
  @FunctionalInterface
  interface Waiting {
    void close();
  }
}
