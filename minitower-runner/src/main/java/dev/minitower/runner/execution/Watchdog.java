package dev.minitower.runner.execution;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;

/**
 * A small process beside the runner that outlives it: when the runner is gone, however it died, it
 * kills every process of a workload. It learns of the death by the end of its input, a pipe that
 * only the runner holds open.
 */
public final class Watchdog implements Closeable {
  private static final System.Logger LOG = System.getLogger(Watchdog.class.getName());

  /** Without the marker in its own environment, or it would end itself. */
  private static final String SCRIPT =
      """
      cat >/dev/null
      tries=0
      while [ $tries -lt 100 ]; do
        found=$(grep -lzs -- "^$1" /proc/[0-9]*/environ)
        [ -n "$found" ] || exit 0
        for file in $found; do
          pid=${file#/proc/}
          kill -s KILL "${pid%/environ}"
        done
        tries=$((tries + 1))
        sleep 0.1
      done
      """;

  private final String instanceId;
  private Process process;
  private boolean closed;

  private Watchdog(String instanceId, Process process) {
    this.instanceId = instanceId;
    this.process = process;
  }

  public static Watchdog start(String instanceId) throws IOException {
    var watchdog = new Watchdog(instanceId, launch(instanceId));
    watchdog.restartWhenGone();
    return watchdog;
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    process.getOutputStream().close();
  }

  private static Process launch(String instanceId) throws IOException {
    var builder =
        new ProcessBuilder(
                "setsid",
                "/bin/sh",
                "-c",
                SCRIPT,
                "minitower-watchdog",
                Marker.entryOfAll(instanceId))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    String path = System.getenv("PATH");
    builder.environment().clear();
    builder.environment().put("PATH", path == null ? "/usr/bin:/bin" : path);
    return builder.start();
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
      process = launch(instanceId);
      restartWhenGone();
    } catch (IOException e) {
      LOG.log(Level.ERROR, "no watchdog: workloads may outlive a crash of the runner", e);
    }
  }
}
