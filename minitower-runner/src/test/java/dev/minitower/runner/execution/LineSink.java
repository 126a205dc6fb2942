package dev.minitower.runner.execution;

import dev.minitower.model.api.LogStream;
import dev.minitower.runner.logs.LineSplitter;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Hands on what a program writes as lines. */
final class LineSink implements OutputSink {
  private final Map<LogStream, LineSplitter> splitters = new EnumMap<>(LogStream.class);

  LineSink(BiConsumer<LogStream, String> lines) {
    for (LogStream stream : LogStream.values()) {
      splitters.put(stream, new LineSplitter(line -> lines.accept(stream, line)));
    }
  }

  @Override
  public synchronized void write(LogStream stream, byte[] bytes, int count) {
    splitters.get(stream).accept(bytes, count);
  }

  /** Hands on last lines without a line end. */
  synchronized void end() {
    splitters.values().forEach(LineSplitter::end);
  }
}
