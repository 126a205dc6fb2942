package dev.minitower.runner.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.minitower.model.api.LogLine;
import dev.minitower.model.api.LogStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What tests do with spools. */
final class Spooling {
  private Spooling() {}

  static void print(LogSpool spool, String text) {
    write(spool, LogStream.STDOUT, text.getBytes(UTF_8));
  }

  static void write(LogSpool spool, LogStream stream, byte[] bytes) {
    spool.write(stream, bytes, bytes.length);
  }

  /** Everything up to the end, each batch accepted; the spool must be finished. */
  static List<LogLine> deliverAll(LogSpool spool) throws IOException, InterruptedException {
    var all = new ArrayList<LogLine>();
    try (var batches = LogBatches.of(spool)) {
      for (List<LogLine> batch = batches.take(); !batch.isEmpty(); batch = batches.take()) {
        all.addAll(batch);
        batches.accepted();
      }
    }
    return all;
  }

  static List<String> text(List<LogLine> lines) {
    return lines.stream().map(LogLine::line).toList();
  }
}
