package dev.minitower.bench.check;

import dev.minitower.bench.protocol.LogLines;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** Holds the log of one run against what was sent: each line once, in order, to the last byte. */
public final class LogCheck implements ObjLongConsumer<String> {
  private final long runId;
  private final long expected;
  private long last;
  private @Nullable String problem;

  public LogCheck(long runId, long expectedLines) {
    this.runId = runId;
    this.expected = expectedLines;
  }

  @Override
  public void accept(String line, long seq) {
    if (problem == null) {
      if (seq <= last) {
        problem = "line " + seq + " comes again after line " + last;
      } else if (seq != last + 1) {
        problem = "line " + (last + 1) + " is missing, line " + seq + " comes next";
      } else if (!line.equals(LogLines.line(runId, seq))) {
        problem = "line " + seq + " reads '" + line + "'";
      }
      last = seq;
    }
  }

  /** What is wrong with the log, all of which was seen; null if nothing is. */
  public @Nullable String verdict() {
    if (problem == null && last != expected) {
      return "the log of run " + runId + " has " + last + " lines of " + expected;
    }
    return problem == null ? null : "in the log of run " + runId + " " + problem;
  }
}
