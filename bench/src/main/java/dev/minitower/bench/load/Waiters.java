package dev.minitower.bench.load;

import dev.minitower.bench.check.Ledger;
import dev.minitower.bench.protocol.Lease;
import dev.minitower.bench.protocol.RunnerClient;
import dev.minitower.bench.protocol.TeamClient;
import dev.minitower.bench.server.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Clients that wait on a connection each, all of them driven by one thread: what they wait for lies
 * in their sockets until it is read.
 */
public final class Waiters implements AutoCloseable {
  private static final int WAIT_SECONDS = 60;
  private static final int PER_HOLDER = 250;

  private final Target target;
  private final String app;
  private final Ledger ledger = new Ledger();
  private final TeamClient team;
  private final List<RunnerClient> polls = new ArrayList<>();
  private final List<Watched> watched = new ArrayList<>();
  private final List<TeamClient> watchers = new ArrayList<>();
  private final List<EventLines> streams = new ArrayList<>();

  private record Watched(RunnerClient holder, Lease lease) {}

  public Waiters(Target target) throws IOException {
    this.target = target;
    this.app = target.newApp("true\n");
    this.team = target.team();
  }

  /** Registers the runners that will poll, and leases the runs that will be watched. */
  public void prepare(int pollCount, int streamCount) throws IOException {
    for (int i = 0; i < pollCount; i++) {
      polls.add(target.newRunner());
    }
    for (int first = 0; first < streamCount; first += PER_HOLDER) {
      int share = Math.min(PER_HOLDER, streamCount - first);
      RunnerClient holder = target.runner(target.newRunnerToken(share));
      for (int i = 0; i < share; i++) {
        ledger.created(team.createRun(app));
        watched.add(new Watched(holder, leased(holder.lease(0))));
      }
    }
  }

  private Lease leased(@Nullable Lease lease) throws IOException {
    if (lease == null) {
      throw new IOException("a runner was told that there is no run, and there is one for it");
    }
    ledger.leased(lease.runId(), lease.attemptNo());
    return lease;
  }

  /** Each is open, and has shown its run, when this returns. */
  public void openStreams() throws IOException {
    keepAlive();
    for (Watched run : watched) {
      TeamClient watcher = target.team();
      watchers.add(watcher);
      var events = new EventLines(watcher.openEvents(run.lease().runId()));
      events.awaitLineWith("\"run_id\"");
      streams.add(events);
    }
    keepAlive();
  }

  public void openPolls() throws IOException {
    for (RunnerClient poll : polls) {
      poll.sendLease(WAIT_SECONDS);
    }
  }

  /** The server has read all polls when it has answered so much that came after them. */
  public void awaitParked() throws IOException {
    keepAlive();
  }

  private void keepAlive() throws IOException {
    for (Watched run : watched) {
      run.holder().heartbeat(run.lease());
    }
  }

  /** As many runs as polls wait: each poll gets one. */
  public void wakePolls() throws IOException {
    for (int i = 0; i < polls.size(); i++) {
      ledger.created(team.createRun(app));
    }
    for (RunnerClient poll : polls) {
      Lease lease = leased(poll.receiveLease());
      poll.complete(lease);
      ledger.ended(lease.runId());
    }
  }

  /** Ends the watched runs: each stream shows it, and ends. */
  public void endStreams() throws IOException {
    for (Watched run : watched) {
      run.holder().complete(run.lease());
      ledger.ended(run.lease().runId());
    }
    for (EventLines events : streams) {
      events.awaitLineWith("\"completed\"");
      events.awaitEnd();
    }
  }

  public List<String> verdict() throws IOException, InterruptedException {
    new Verification(target, app, 0).check(ledger);
    return ledger.verdict();
  }

  @Override
  public void close() {
    team.close();
    polls.forEach(RunnerClient::close);
    watchers.forEach(TeamClient::close);
    watched.forEach(run -> run.holder().close());
  }
}
