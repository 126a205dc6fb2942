package dev.minitower.runner.logs;

import dev.minitower.model.api.LogLine;
import dev.minitower.model.api.LogStream;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The output of a spool as numbered lines, in batches of a size that a server takes. A batch that
 * was accepted is never made again; whatever else a crash interrupts, the next start makes the same
 * lines under the same numbers. For one thread.
 */
final class LogBatches implements Closeable {
  static final int MAX_LINES = 1_000;
  static final int MAX_TEXT_BYTES = 1024 * 1024;

  private static final System.Logger LOG = System.getLogger(LogBatches.class.getName());

  private final LogSpool spool;
  private final CheckpointFile checkpoints;
  private final SpoolReader reader;
  private final SpoolReader.Receiver receiver = new Splitting();
  private final LineSplitter stdout = new LineSplitter(line -> add(LogStream.STDOUT, line));
  private final LineSplitter stderr = new LineSplitter(line -> add(LogStream.STDERR, line));
  private final Deque<LogLine> lines = new ArrayDeque<>();
  private long textBytes;
  private long nextSeq;
  private Instant now;

  /** Before the last read: all lines that wait now are of it, once a batch was taken. */
  private Checkpoint beforeLast;

  private LogBatches(LogSpool spool, CheckpointFile checkpoints, SpoolReader reader) {
    this.spool = spool;
    this.checkpoints = checkpoints;
    this.reader = reader;
    this.beforeLast = checkpoints.newest();
    this.nextSeq = beforeLast.nextSeq();
    this.now = Instant.ofEpochMilli(beforeLast.atMillis());
    stdout.accept(beforeLast.stdout(), beforeLast.stdout().length);
    stderr.accept(beforeLast.stderr(), beforeLast.stderr().length);
  }

  /** Goes on where the last batch was accepted, in this life of the runner or an earlier one. */
  static LogBatches of(LogSpool spool) throws IOException {
    var checkpoints = CheckpointFile.open(spool.folder().checkpoint());
    try {
      var reader = new SpoolReader(spool, checkpoints.newest().place());
      return new LogBatches(spool, checkpoints, reader);
    } catch (IOException e) {
      checkpoints.close();
      throw e;
    }
  }

  /**
   * Waits for lines and takes as many as fit, in order.
   *
   * @return empty when the output is finished and everything was taken
   */
  List<LogLine> take() throws IOException, InterruptedException {
    boolean ended = !lines.isEmpty() && read();
    while (lines.isEmpty() && !ended) {
      spool.awaitOutput(reader.place().segment(), reader.place().offset());
      ended = read();
    }
    return nextBatch();
  }

  /** All lines that were taken so far are on the server. */
  void accepted() {
    Checkpoint delivered = lines.isEmpty() ? checkpoint() : beforeLast;
    try {
      checkpoints.write(delivered);
      if (spool.canRemoveDelivered(delivered.place())) {
        checkpoints.sync();
        spool.removeDelivered(delivered.place());
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "delivered lines will be sent again after a restart: " + e);
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
    checkpoints.close();
  }

  /** Reads until a batch is full or nothing more is there; true if nothing more will be. */
  private boolean read() throws IOException {
    boolean complete = spool.isFinished();
    while (!isFull()) {
      beforeLast = checkpoint();
      if (!reader.readOne(receiver)) {
        if (complete) {
          reader.readMissingEnd(receiver);
          endLines();
        }
        return complete;
      }
    }
    return false;
  }

  private boolean isFull() {
    return lines.size() >= MAX_LINES || textBytes >= MAX_TEXT_BYTES;
  }

  private List<LogLine> nextBatch() {
    var batch = new ArrayList<LogLine>();
    int batchBytes = 0;
    while (batch.size() < MAX_LINES && !lines.isEmpty()) {
      int bytes = Utf8.length(lines.peek().line());
      if (batchBytes + bytes > MAX_TEXT_BYTES) {
        break;
      }
      batchBytes += bytes;
      batch.add(lines.poll());
    }
    textBytes -= batchBytes;
    return batch;
  }

  private Checkpoint checkpoint() {
    return new Checkpoint(
        reader.place(), now.toEpochMilli(), nextSeq, stdout.partialLine(), stderr.partialLine());
  }

  private void endLines() {
    stdout.end();
    stderr.end();
  }

  private void add(LogStream stream, String line) {
    lines.add(new LogLine(nextSeq++, stream, line, now));
    textBytes += Utf8.length(line);
  }

  private final class Splitting implements SpoolReader.Receiver {
    @Override
    public void output(SpooledOutput output) {
      now = Instant.ofEpochMilli(output.atMillis());
      LineSplitter splitter = output.stream() == LogStream.STDERR ? stderr : stdout;
      splitter.accept(output.bytes(), output.bytes().length);
    }

    @Override
    public void gap(Counts missing, long atMillis) {
      endLines();
      now = Instant.ofEpochMilli(atMillis);
      add(LogStream.STDERR, CutMark.of(missing));
    }
  }
}
