package dev.minitower.runner.execution;

import dev.minitower.model.api.LogStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Reads one output of a process to its end, on a thread of its own which does nothing else, so that
 * the process never waits.
 */
final class OutputReader {
  private static final System.Logger LOG = System.getLogger(OutputReader.class.getName());

  /** What a pipe holds. */
  private static final int CHUNK_BYTES = 64 * 1024;

  private final InputStream input;
  private final LogStream stream;
  private final OutputSink output;
  private final Thread thread;

  private OutputReader(InputStream input, LogStream stream, OutputSink output) {
    this.input = input;
    this.stream = stream;
    this.output = output;
    this.thread = new Thread(this::read, "output-" + stream.code());
  }

  static OutputReader start(InputStream input, LogStream stream, OutputSink output) {
    var reader = new OutputReader(input, stream, output);
    reader.thread.setDaemon(true);
    reader.thread.start();
    return reader;
  }

  /**
   * Waits for the end of the output; after the given time closes it, whoever still holds it open.
   */
  void finish(Duration atMost) throws InterruptedException {
    thread.join(Math.max(1, atMost.toMillis()));
    if (thread.isAlive()) {
      LOG.log(Level.WARNING, "an output stayed open after its process had ended; its rest is cut");
    }
    try {
      input.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closing an output: {0}", e.getMessage());
    }
  }

  private void read() {
    byte[] chunk = new byte[CHUNK_BYTES];
    try {
      for (int count = input.read(chunk); count >= 0; count = input.read(chunk)) {
        output.write(stream, chunk, count);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "reading an output ended: {0}", e.getMessage());
    }
  }
}
