package dev.minitower.cli.local;

import dev.minitower.model.api.LogStream;
import dev.minitower.runner.execution.OutputSink;
import dev.minitower.runner.logs.LineSplitter;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Cuts a program's output into lines, by the rules that a runner has for logs. */
public final class LineOutput implements OutputSink {
  private final Map<LogStream, LineSplitter> splitters = new EnumMap<>(LogStream.class);

  public LineOutput(BiConsumer<LogStream, String> lines) {
    for (LogStream stream : LogStream.values()) {
      splitters.put(stream, new LineSplitter(line -> lines.accept(stream, line)));
    }
  }

  @Override
  public synchronized void write(LogStream stream, byte[] bytes, int count) {
    of(stream).accept(bytes, count);
  }

  /** Hands on last lines that have no line end. */
  public synchronized void end() {
    splitters.values().forEach(LineSplitter::end);
  }

  private LineSplitter of(LogStream stream) {
    LineSplitter splitter = splitters.get(stream);
    if (splitter == null) {
      throw new IllegalArgumentException("no such stream: " + stream);
    }
    return splitter;
  }
}
