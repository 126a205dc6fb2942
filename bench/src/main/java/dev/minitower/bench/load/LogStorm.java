package dev.minitower.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.minitower.bench.check.Ledger;
import dev.minitower.bench.check.LogCheck;
import dev.minitower.bench.http.Bytes;
import dev.minitower.bench.measure.Histogram;
import dev.minitower.bench.measure.Report;
import dev.minitower.bench.protocol.Lease;
import dev.minitower.bench.protocol.LogLines;
import dev.minitower.bench.protocol.RunnerClient;
import dev.minitower.bench.protocol.TeamClient;
import dev.minitower.bench.server.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Runners with one run each that do nothing but send lines, and readers that want all of them. */
public final class LogStorm implements AutoCloseable {
  private static final int READERS = 2;

  private final Target target;
  private final Batch batch;
  private final String app;
  private final Ledger ledger = new Ledger();
  private final List<Sender> senders = new ArrayList<>();
  private final Workers workers = new Workers();
  private final Queue<String> problems = new ConcurrentLinkedQueue<>();

  /** How many lines a request brings, and in what form. */
  public record Batch(int lines, boolean gzip) {
    Bytes of(LogLines text, long runId, long first) throws IOException {
      return gzip ? text.packedBatch(runId, first, lines) : text.batch(runId, first, lines);
    }
  }

  /** Lines of one stretch, in or out; call times only where they say something. */
  public record Figures(long lines, Meter.Reading used, @Nullable Histogram calls) {
    public void report(String prefix, Report report) {
      double thousands = Math.max(1, lines) / 1000.0;
      report.put(prefix + "lines_per_second", lines / used.seconds());
      used.serverMicros()
          .ifPresent(cpu -> report.put(prefix + "server_cpu_us_per_1000_lines", cpu / thousands));
      report.put(prefix + "client_cpu_us_per_1000_lines", used.clientMicros() / thousands);
      if (calls != null) {
        report.percentiles(prefix + "call", calls);
      }
    }
  }

  public LogStorm(Target target, int count, Batch batch) throws IOException {
    this.target = target;
    this.batch = batch;
    this.app = target.newApp("true\n");
    try (TeamClient team = target.team()) {
      for (int i = 0; i < count; i++) {
        ledger.created(team.createRun(app));
        senders.add(new Sender(target.newRunner()));
      }
    }
  }

  /** Whether the server stores such a batch: others than ours don't know them. */
  public static boolean isTaken(Target target, Batch batch)
      throws IOException, InterruptedException {
    try (var storm = new LogStorm(target, 1, batch)) {
      Sender sender = storm.senders.get(0);
      Bytes body = batch.of(sender.text, sender.lease.runId(), 1);
      boolean taken = sender.runner.tryLogs(sender.lease, body, batch.gzip()).status() == 200;
      List<String> unused = storm.finish();
      return taken;
    }
  }

  /**
   * Every runner sends batch after batch; a line counts when the server has said that it has it.
   */
  public Figures send(Duration duration) throws InterruptedException {
    var calls = new Histogram();
    var meter = new Meter(target);
    long end = System.nanoTime() + duration.toNanos();
    workers.start(senders.size(), i -> () -> senders.get(i).sendUntil(end, calls));
    workers.join();
    return new Figures(senders.stream().mapToLong(s -> s.sent).sum(), meter.read(), calls);
  }

  /** Ends the runs; answers what was wrong. */
  public List<String> finish() throws IOException, InterruptedException {
    for (Sender sender : senders) {
      sender.runner.complete(sender.lease);
      ledger.ended(sender.lease.runId());
    }
    new Verification(target, app, 0).check(ledger);
    return ledger.verdict();
  }

  /** Reads all of it page by page. */
  public Figures readBack() throws InterruptedException {
    return read(TeamClient::readLog);
  }

  /** Reads all of it as files. */
  public Figures download() throws InterruptedException {
    return read(LogStorm::readFile);
  }

  /** What was wrong with what was read. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  private interface Reading {
    void read(TeamClient team, long runId, LogCheck check) throws IOException;
  }

  private static void readFile(TeamClient team, long runId, LogCheck check) throws IOException {
    try (var lines =
        new BufferedReader(new InputStreamReader(team.downloadLog(runId), UTF_8), 64 * 1024)) {
      long seq = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        check.accept(line, ++seq);
      }
    }
  }

  private Figures read(Reading reading) throws InterruptedException {
    Queue<Sender> left = new ConcurrentLinkedQueue<>(senders);
    var lines = new LongAdder();
    var meter = new Meter(target);
    workers.start(READERS, i -> () -> readAll(left, reading, lines));
    workers.join();
    return new Figures(lines.sum(), meter.read(), null);
  }

  private void readAll(Queue<Sender> left, Reading reading, LongAdder lines) throws IOException {
    try (TeamClient team = target.team()) {
      for (Sender next = left.poll(); next != null; next = left.poll()) {
        var check = new LogCheck(next.lease.runId(), next.sent);
        reading.read(team, next.lease.runId(), check);
        lines.add(next.sent);
        String problem = check.verdict();
        if (problem != null) {
          problems.add(problem);
        }
      }
    }
  }

  @Override
  public void close() {
    workers.close();
    senders.forEach(sender -> sender.runner.close());
  }

  private final class Sender {
    final RunnerClient runner;
    final Lease lease;
    final LogLines text = new LogLines();
    long sent;

    Sender(RunnerClient runner) throws IOException {
      this.runner = runner;
      Lease got = runner.lease(0);
      if (got == null) {
        throw new IOException("a run was created and can't be leased");
      }
      this.lease = got;
      ledger.leased(got.runId(), got.attemptNo());
      runner.start(got);
    }

    void sendUntil(long end, Histogram calls) throws IOException {
      while (System.nanoTime() - end < 0) {
        Bytes body = batch.of(text, lease.runId(), sent + 1);
        long began = System.nanoTime();
        runner.logs(lease, body, batch.gzip());
        calls.record(System.nanoTime() - began);
        sent += batch.lines();
      }
    }
  }
}
