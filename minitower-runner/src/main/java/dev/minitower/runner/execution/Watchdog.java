package dev.minitower.runner.execution;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A process of its own beside the runner that ends workloads when the runner can't: when it is
 * gone, however it died, and when it is frozen past the end of a lease. It learns of the death by
 * the end of its input, a pipe that only the runner holds open, and of deadlines through the same
 * pipe.
 *
 * <p>The process is a small JVM, so that it kills by the same code as the runner; see {@link
 * WatchdogMain}.
 */
public final class Watchdog implements Closeable {
  private static final System.Logger LOG = System.getLogger(Watchdog.class.getName());
  private static final List<String> SMALL =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xmx16m");

  private final List<String> arguments;
  private final Map<Long, Long> deadlines = new ConcurrentHashMap<>();
  private Process process;
  private boolean closed;

  private Watchdog(List<String> arguments) throws IOException {
    this.arguments = arguments;
    this.process = launch(arguments);
  }

  /**
   * @param killGrace the time between TERM and KILL for the workloads of a frozen runner
   */
  public static Watchdog start(String owner, Confinement confinement, Duration killGrace)
      throws IOException {
    var watchdog =
        new Watchdog(
            List.of(
                owner,
                Long.toString(killGrace.toMillis()),
                Boolean.toString(!confinement.hold().rootIsWorkload())));
    watchdog.restartWhenGone();
    return watchdog;
  }

  /** Begins to watch over the workload of an attempt; it has no deadline yet. */
  public Watch watch(long attemptId) {
    return new Watch(attemptId);
  }

  private synchronized void putOff(long attemptId, Duration remaining) {
    long end = System.nanoTime() + remaining.toNanos();
    deadlines.put(attemptId, end);
    tell("lease " + attemptId + " " + end);
  }

  private synchronized void forget(long attemptId) {
    if (deadlines.remove(attemptId) != null) {
      tell("over " + attemptId);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    process.getOutputStream().close();
  }

  /** One workload under watch. */
  public final class Watch implements AutoCloseable {
    private final long attemptId;
    private boolean over;

    private Watch(long attemptId) {
      this.attemptId = attemptId;
    }

    /** The workload is ended unless this is called again, or it is over, before that time. */
    public synchronized void putOff(Duration remaining) {
      if (!over) {
        Watchdog.this.putOff(attemptId, remaining);
      }
    }

    /** No process of it is left. */
    @Override
    public synchronized void close() {
      over = true;
      forget(attemptId);
    }
  }

  private static Process launch(List<String> arguments) throws IOException {
    var line = new ArrayList<>(List.of("setsid"));
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(SMALL);
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.add(WatchdogMain.class.getName());
    line.addAll(arguments);
    var builder =
        new ProcessBuilder(line)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().clear();
    return builder.start();
  }

  /** A watchdog that can't be told is one that has ended and is being replaced. */
  private void tell(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the watchdog does not listen: {0}", e.getMessage());
    }
  }

  private synchronized void restartWhenGone() {
    var unused = process.onExit().thenRun(this::restart);
  }

  private synchronized void restart() {
    if (closed) {
      return;
    }
    try {
      LOG.log(Level.WARNING, "the watchdog is gone, starting another");
      process = launch(arguments);
      deadlines.forEach((id, end) -> tell("lease " + id + " " + end));
      restartWhenGone();
    } catch (IOException e) {
      LOG.log(Level.ERROR, "no watchdog: workloads may outlive a crash of the runner", e);
    }
  }
}
