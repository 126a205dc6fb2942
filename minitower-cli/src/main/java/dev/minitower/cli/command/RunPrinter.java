package dev.minitower.cli.command;

import dev.minitower.cli.follow.RunListener;
import dev.minitower.cli.output.Colour;
import dev.minitower.cli.platform.Json;
import tools.jackson.databind.JsonNode;

/** Tells a person how a run gets on: its lines as they are, its states on the error output. */
final class RunPrinter implements RunListener {
  private final CommandContext context;
  private final long runId;
  private final boolean allStates;
  private final LogPrinter lines;
  private String lastState = "";

  RunPrinter(CommandContext context, long runId, boolean allStates) {
    this.context = context;
    this.runId = runId;
    this.allStates = allStates;
    this.lines = new LogPrinter(context);
  }

  @Override
  public void runChanged(JsonNode run, String json) {
    String status = Json.text(run, "status");
    String state = status + " " + Json.text(run, "retry_count");
    if (state.equals(lastState)) {
      return;
    }
    lastState = state;
    if (isEnd(status)) {
      context.err().line(Colour.ofStatus(status), RunEnding.sentence("run " + runId, run));
    } else if (allStates) {
      context.err().line(Colour.DIM, "run " + runId + " " + status + whichTry(run));
    }
  }

  @Override
  public void line(JsonNode entry, String json) {
    lines.print(entry);
  }

  @Override
  public void connectionLost(String reason) {
    context.err().line(Colour.YELLOW, reason + "; trying again");
  }

  @Override
  public void connectionRestored() {
    context.err().line(Colour.YELLOW, "connected again");
  }

  private static String whichTry(JsonNode run) {
    int retries = run.path("retry_count").asInt(0);
    return retries == 0 ? "" : " (retry " + retries + " of " + Json.text(run, "max_retries") + ")";
  }

  private static boolean isEnd(String status) {
    return switch (status) {
      case "completed", "failed", "cancelled", "dead" -> true;
      default -> false;
    };
  }
}
