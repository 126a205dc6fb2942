package dev.minitower.bench.load;

import dev.minitower.bench.check.Ledger;
import dev.minitower.bench.check.LogCheck;
import dev.minitower.bench.protocol.TeamClient;
import dev.minitower.bench.server.Target;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Asks the server for every run of an app, and for every line of their logs. */
public final class Verification {
  private static final int READERS = 4;

  private final Target target;
  private final String app;
  private final int logLines;

  public Verification(Target target, String app, int logLines) {
    this.target = target;
    this.app = app;
    this.logLines = logLines;
  }

  public void check(Ledger ledger) throws IOException, InterruptedException {
    Queue<Long> withLogs = new ConcurrentLinkedQueue<>();
    try (TeamClient team = target.team()) {
      team.listRuns(
          app,
          run -> {
            ledger.listed(run);
            if (logLines > 0) {
              withLogs.add(run.runId());
            }
          });
    }
    try (var readers = new Workers()) {
      readers.start(READERS, i -> () -> checkLogs(withLogs, ledger));
      readers.join();
    }
  }

  private void checkLogs(Queue<Long> runs, Ledger ledger) throws IOException {
    try (TeamClient team = target.team()) {
      for (@Nullable Long run = runs.poll(); run != null; run = runs.poll()) {
        var check = new LogCheck(run, logLines);
        team.readLog(run, check);
        String problem = check.verdict();
        if (problem != null) {
          ledger.problem(problem);
        }
      }
    }
  }
}
