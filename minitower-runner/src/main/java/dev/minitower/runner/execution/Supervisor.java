package dev.minitower.runner.execution;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.minitower.model.api.LogStream;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Runs one program to its end, or ends it: because it was asked to, or because its time is up. When
 * it returns, no process of the program is left.
 */
final class Supervisor {
  private static final Duration OUTPUT_REST = Duration.ofSeconds(5);

  private static final int SIGKILLED = 128 + 9;

  private final Confinement confinement;
  private final Duration killGrace;

  /**
   * @param killGrace the time between TERM and KILL
   */
  Supervisor(Confinement confinement, Duration killGrace) {
    this.confinement = confinement;
    this.killGrace = killGrace;
  }

  /**
   * @throws IOException if the program can't be started
   */
  Exit run(Command command, OutputSink output, StopSignal stop)
      throws IOException, InterruptedException {
    long memoryKills = MemoryKills.count();
    Process process = start(command);
    var tree = new ProcessTree(process, command.marker(), confinement.hold());
    boolean gone = false;
    try {
      var stdout = OutputReader.start(process.getInputStream(), LogStream.STDOUT, output);
      var stderr = OutputReader.start(process.getErrorStream(), LogStream.STDERR, output);
      awaitEnd(process, command.timeout(), stop);
      StopReason stopped = process.isAlive() ? stop.reason().orElse(StopReason.TIMEOUT) : null;
      if (stopped != null) {
        tree.terminate();
        tree.awaitGone(killGrace, stop::isKillRequested);
      }
      tree.kill();
      gone = true;
      int code = process.waitFor();
      finishOutput(stdout, stderr);
      boolean outOfMemory = code == SIGKILLED && MemoryKills.count() > memoryKills;
      return new Exit(code, stopped == null ? null : stop.reason().orElse(stopped), outOfMemory);
    } finally {
      if (!gone) {
        killUninterrupted(tree);
      }
    }
  }

  private static void finishOutput(OutputReader stdout, OutputReader stderr)
      throws InterruptedException {
    long end = System.nanoTime() + OUTPUT_REST.toNanos();
    stdout.finish(OUTPUT_REST);
    stderr.finish(Duration.ofNanos(end - System.nanoTime()));
  }

  private Process start(Command command) throws IOException {
    var builder =
        new ProcessBuilder(confinement.wrap(command))
            .directory(command.folder().toFile())
            .redirectInput(new File("/dev/null"));
    builder.environment().clear();
    builder.environment().putAll(command.environment());
    builder.environment().put(Marker.VARIABLE, command.marker().value());
    try {
      return builder.start();
    } catch (IOException e) {
      confinement.hold().letGo(command.marker());
      throw e;
    }
  }

  private static void awaitEnd(Process process, Duration timeout, StopSignal stop)
      throws InterruptedException {
    try {
      var unused =
          CompletableFuture.anyOf(process.onExit(), stop.requested())
              .get(timeout.toNanos(), NANOSECONDS);
    } catch (TimeoutException e) {
      // The caller sees that the process is still there.
    } catch (ExecutionException e) {
      throw new IllegalStateException("neither an exit nor a stop can fail", e);
    }
  }

  /** The interrupted thread has to leave, but no process may stay behind. */
  private static void killUninterrupted(ProcessTree tree) {
    while (true) {
      try {
        tree.kill();
        return;
      } catch (InterruptedException again) {
        // Still no reason to leave a process behind.
      }
    }
  }
}
