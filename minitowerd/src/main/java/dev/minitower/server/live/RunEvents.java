package dev.minitower.server.live;

import dev.minitower.server.events.EventSource;
import dev.minitower.server.events.ServerSentEvent;
import dev.minitower.server.runs.RunHistory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What there is to tell of one run, read from the database from where the last telling ended. */
final class RunEvents implements EventSource {
  private final RunHistory history;
  private final JsonMapper json;
  private final long teamId;
  private final long runId;
  private RunHistory.Position position;
  private @Nullable String lastRun;
  private boolean done;

  RunEvents(
      RunHistory history, JsonMapper json, long teamId, long runId, RunHistory.Position from) {
    this.history = history;
    this.json = json;
    this.teamId = teamId;
    this.runId = runId;
    this.position = from;
  }

  @Override
  public @Nullable String next() {
    if (done) {
      return null;
    }
    RunHistory.Step step = history.after(teamId, runId, position);
    StringBuilder events = new StringBuilder();
    String run = json.writeValueAsString(step.run());
    if (!run.equals(lastRun)) {
      lastRun = run;
      events.append(ServerSentEvent.of("run", null, run));
    }
    step.lines()
        .forEach(
            line ->
                events.append(
                    ServerSentEvent.of(
                        "log",
                        line.attemptNo() + "." + line.seq(),
                        json.writeValueAsString(line))));
    position = step.position();
    if (step.isEnd()) {
      done = true;
      events.append(ServerSentEvent.of("end", null, "{}"));
    }
    return events.isEmpty() ? null : events.toString();
  }

  @Override
  public boolean isDone() {
    return done;
  }
}
