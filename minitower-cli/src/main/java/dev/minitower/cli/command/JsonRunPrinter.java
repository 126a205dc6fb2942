package dev.minitower.cli.command;

import dev.minitower.cli.follow.RunListener;
import dev.minitower.cli.platform.OutputClosedException;
import tools.jackson.databind.JsonNode;

/**
 * Prints the server's objects, one a line: runs have a {@code run_id}, lines of the log a {@code
 * seq}.
 */
final class JsonRunPrinter implements RunListener {
  private final CommandContext context;
  private final boolean withRuns;

  JsonRunPrinter(CommandContext context, boolean withRuns) {
    this.context = context;
    this.withRuns = withRuns;
  }

  @Override
  public void runChanged(JsonNode run, String json) {
    if (withRuns) {
      print(json);
    }
  }

  @Override
  public void line(JsonNode entry, String json) {
    print(json);
  }

  @Override
  public void connectionLost(String reason) {
    context.err().line(reason + "; trying again");
  }

  @Override
  public void connectionRestored() {
    context.err().line("connected again");
  }

  private void print(String json) {
    context.out().json(json);
    if (context.out().isClosed()) {
      throw new OutputClosedException();
    }
  }
}
