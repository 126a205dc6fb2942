package dev.minitower.bench.load;

import dev.minitower.bench.measure.Histogram;
import dev.minitower.bench.protocol.TeamClient;
import dev.minitower.bench.server.Target;
import java.io.IOException;

/** Runs that a real runner executes, one at a time, watched through their event streams. */
public final class FirstLine {
  private static final String MARK = "first-line-of-user-code";

  private final Target target;
  private final String app;

  public FirstLine(Target target) throws IOException {
    this.target = target;
    this.app = target.newApp("echo " + MARK + "\n");
  }

  /** The time from the sending of a create until its run's first line arrives. */
  public Histogram sample(int count) throws IOException {
    var times = new Histogram();
    try (TeamClient team = target.team()) {
      for (int i = 0; i < count; i++) {
        times.record(once(team));
      }
    }
    return times;
  }

  private long once(TeamClient team) throws IOException {
    try (TeamClient watching = target.team()) {
      long began = System.nanoTime();
      long runId = team.createRun(app);
      var events = new EventLines(watching.openEvents(runId));
      events.awaitLineWith(MARK);
      long nanos = System.nanoTime() - began;
      events.awaitEnd();
      String status = team.status(runId);
      if (!status.equals("completed")) {
        throw new IOException("run " + runId + " is " + status + " at the end");
      }
      return nanos;
    }
  }
}
