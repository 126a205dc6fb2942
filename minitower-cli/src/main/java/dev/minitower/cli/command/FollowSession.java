package dev.minitower.cli.command;

import dev.minitower.cli.follow.LogPosition;
import dev.minitower.cli.follow.RunFollower;
import dev.minitower.cli.follow.RunListener;
import dev.minitower.cli.http.ApiClient;
import dev.minitower.cli.output.StatusLine;
import dev.minitower.cli.platform.ExitCodes;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Follows one run on behalf of a command; Ctrl-C ends the session and leaves the run alone. */
final class FollowSession {
  private final CommandContext context;
  private final ApiClient api;
  private final long runId;
  private final StatusLine status;

  FollowSession(CommandContext context, ApiClient api, long runId) {
    this.context = context;
    this.api = api;
    this.runId = runId;
    boolean live = context.out().isTerminal() && context.err().isTerminal();
    this.status = new StatusLine(context.err(), live);
  }

  /** Shows states and lines; answers the exit code. */
  int watch() {
    return follow(LogPosition.START, listener(true));
  }

  /** Shows the wanted lines after a position, and the end; answers the exit code. */
  int lines(LogPosition from, Predicate<JsonNode> wanted) {
    return follow(from, new FilteredListener(listener(false), wanted));
  }

  private RunListener listener(boolean allStates) {
    return context.wantsJson()
        ? new JsonRunPrinter(context, allStates)
        : new RunPrinter(context, runId, allStates, status);
  }

  private int follow(LogPosition from, RunListener listener) {
    var surroundings = context.surroundings();
    var registration = surroundings.interrupts().onInterrupt(this::sayHowToReturn);
    try {
      return ExitCodes.ofRun(
          new RunFollower(api, runId, surroundings.pause(), listener).follow(from));
    } finally {
      status.end();
      registration.close();
    }
  }

  private void sayHowToReturn() {
    status.end();
    context
        .err()
        .line(
            "run "
                + runId
                + " goes on; return to it with 'minitower-cli runs watch "
                + runId
                + "', cancel it with 'minitower-cli runs cancel "
                + runId
                + "'");
  }
}
