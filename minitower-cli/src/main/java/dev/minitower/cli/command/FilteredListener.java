package dev.minitower.cli.command;

import dev.minitower.cli.follow.RunListener;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Passes on the lines that are wanted, and all else. */
record FilteredListener(RunListener listener, Predicate<JsonNode> wanted) implements RunListener {
  @Override
  public void runChanged(JsonNode run, String json) {
    listener.runChanged(run, json);
  }

  @Override
  public void line(JsonNode entry, String json) {
    if (wanted.test(entry)) {
      listener.line(entry, json);
    }
  }

  @Override
  public void connectionLost(String reason) {
    listener.connectionLost(reason);
  }

  @Override
  public void connectionRestored() {
    listener.connectionRestored();
  }
}
