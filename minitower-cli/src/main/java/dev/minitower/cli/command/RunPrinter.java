package dev.minitower.cli.command;

import dev.minitower.cli.follow.RunListener;
import dev.minitower.cli.output.Colour;
import dev.minitower.cli.output.StatusLine;
import dev.minitower.cli.platform.Json;
import tools.jackson.databind.JsonNode;

/** Tells a person how a run gets on: its lines as they are, its states on the error output. */
final class RunPrinter implements RunListener {
  private final CommandContext context;
  private final long runId;
  private final boolean allStates;
  private final StatusLine status;
  private final LogPrinter lines;
  private String lastState = "";

  /**
   * @param allStates whether those before the end are told, below the lines where that is possible
   */
  RunPrinter(CommandContext context, long runId, boolean allStates, StatusLine status) {
    this.context = context;
    this.runId = runId;
    this.allStates = allStates;
    this.status = status;
    this.lines = new LogPrinter(context);
  }

  @Override
  public void runChanged(JsonNode run, String json) {
    String now = Json.text(run, "status");
    String state = now + " " + Json.text(run, "retry_count");
    if (state.equals(lastState)) {
      return;
    }
    lastState = state;
    if (isEnd(now)) {
      status.end();
      context.err().line(Colour.ofStatus(now), RunEnding.sentence("run " + runId, run));
    } else if (allStates && status.isLive()) {
      status.show("run " + runId + " " + now + where(run) + whichTry(run));
    } else if (allStates) {
      context.err().line(Colour.DIM, "run " + runId + " " + now + whichTry(run));
    }
  }

  @Override
  public void line(JsonNode entry, String json) {
    status.above(() -> lines.print(entry));
  }

  @Override
  public void connectionLost(String reason) {
    status.above(() -> context.err().line(Colour.YELLOW, reason + "; trying again"));
  }

  @Override
  public void connectionRestored() {
    status.above(() -> context.err().line(Colour.YELLOW, "connected again"));
  }

  /** The runner that the newest attempt is with. */
  private static String where(JsonNode run) {
    JsonNode attempts = run.path("attempts");
    String runner = Json.text(attempts.path(attempts.size() - 1), "runner_name");
    return runner.isEmpty() ? "" : " on " + runner;
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
