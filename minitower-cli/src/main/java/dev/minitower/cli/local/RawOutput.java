package dev.minitower.cli.local;

import dev.minitower.model.api.LogStream;
import dev.minitower.runner.execution.OutputSink;
import java.io.PrintStream;

/** Passes on what a program writes, byte for byte and at once: it is the caller's own program. */
public final class RawOutput implements OutputSink {
  private final PrintStream out;
  private final PrintStream err;
  private final Runnable closed;

  /**
   * @param closed called when nobody reads an output any more, perhaps more than once
   */
  public RawOutput(PrintStream out, PrintStream err, Runnable closed) {
    this.out = out;
    this.err = err;
    this.closed = closed;
  }

  @Override
  public void write(LogStream stream, byte[] bytes, int count) {
    PrintStream target = stream == LogStream.STDOUT ? out : err;
    target.write(bytes, 0, count);
    if (target.checkError()) {
      closed.run();
    }
  }
}
