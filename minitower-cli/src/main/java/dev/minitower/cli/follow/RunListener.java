package dev.minitower.cli.follow;

import tools.jackson.databind.JsonNode;

/** Is told what a followed run does. {@code json} is the server's own text of the object. */
public interface RunListener {
  /** The run is not as it was when last told; at the end it is in a terminal state. */
  void runChanged(JsonNode run, String json);

  /** One line of the log, each once and in order. */
  void line(JsonNode entry, String json);

  /** The server can't be reached for now; it is being tried again. */
  void connectionLost(String reason);

  void connectionRestored();
}
