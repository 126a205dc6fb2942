package dev.minitower.runner.logs;

import dev.minitower.model.api.LogStream;
import dev.minitower.runner.execution.OutputSink;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The output of one attempt on its way to the sender, in a folder of files that outlives the
 * runner. A workload waits for nothing but the write itself: if more waits for the server than the
 * limit allows, whole segments in the middle are removed, so that the beginning and the newest
 * output stay; what the disk doesn't take is counted, and writing goes on when it does again.
 */
public final class LogSpool implements OutputSink, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LogSpool.class.getName());
  private static final int WORTH_SENDING_BYTES = 64 * 1024;
  private static final Duration LINGER = Duration.ofMillis(20);

  /** How long the disk is left alone after a failure, so that it costs no call per write. */
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

  private final SpoolFolder folder;
  private final InstantSource clock;
  private final Segments segments;
  private Counts counts = Counts.NONE;
  private boolean midLine;
  private long wantedBytes;
  private boolean failing;
  private long failedNanos;
  private boolean finished;

  private LogSpool(SpoolFolder folder, InstantSource clock, long maxBytes) {
    this.folder = folder;
    this.clock = clock;
    this.segments = new Segments(folder, clock, maxBytes);
  }

  /**
   * Makes a spool for an attempt that begins.
   *
   * @param path the folder to make
   * @param maxBytes how much may wait for the server, on disk
   */
  public static LogSpool create(Path path, InstantSource clock, long maxBytes) throws IOException {
    var folder = new SpoolFolder(path);
    folder.create();
    CheckpointFile.create(folder.checkpoint());
    return new LogSpool(folder, clock, maxBytes);
  }

  /** Opens what an earlier life of the runner left; nothing can be added to it. */
  public static LogSpool reopen(Path path) throws IOException {
    var folder = new SpoolFolder(path);
    var spool = new LogSpool(folder, InstantSource.system(), Long.MAX_VALUE);
    spool.segments.readFolder();
    spool.finished = true;
    return spool;
  }

  @Override
  public synchronized void write(LogStream stream, byte[] bytes, int count) {
    if (count > SegmentFormat.MAX_OUTPUT_BYTES) {
      writeInPieces(stream, bytes, count);
      return;
    }
    if (finished || count == 0) {
      return;
    }
    if (keep(stream, bytes, count)) {
      counts = counts.plusWritten(bytes, count);
      wakeSender(count);
    } else {
      counts = counts.plusUnwritten(bytes, count);
    }
    if (stream == LogStream.STDERR) {
      midLine = bytes[count - 1] != '\n';
    }
  }

  @Override
  public synchronized void note(String text) {
    if (midLine) {
      write(LogStream.STDERR, new byte[] {'\n'}, 1);
    }
    OutputSink.super.note(text);
  }

  /** Says that no output follows; what comes nevertheless is dropped. */
  public synchronized void finish() {
    if (finished) {
      return;
    }
    finished = true;
    segments.seal();
    leaveWordOfUnwritten();
    notifyAll();
  }

  /** Returns when all that waits would survive a loss of power. To be called after the end. */
  public void sync() throws IOException {
    for (int number : snapshot().keySet()) {
      try {
        folder.sync(number);
      } catch (NoSuchFileException e) {
        LOG.log(Level.TRACE, "delivered meanwhile: {0}", e.getMessage());
      }
    }
    folder.sync();
  }

  /** Ends writing, and keeps the files. */
  @Override
  public void close() {
    finish();
  }

  SpoolFolder folder() {
    return folder;
  }

  InstantSource clock() {
    return clock;
  }

  /** Everything that was ever written here; nothing if that was in an earlier life. */
  synchronized Counts counts() {
    return counts;
  }

  /**
   * Waits for output behind a place, and then a moment more, so that a workload that prints
   * steadily doesn't cost a request per line.
   */
  synchronized void awaitOutput(int number, long offset) throws InterruptedException {
    while (!finished && segments.bytesBehind(number, offset) == 0) {
      wantedBytes = 1;
      wait();
    }
    wantedBytes = WORTH_SENDING_BYTES - segments.bytesBehind(number, offset);
    long until = System.nanoTime() + LINGER.toNanos();
    for (long left = LINGER.toNanos();
        left > 0 && !finished && segments.bytesBehind(number, offset) < WORTH_SENDING_BYTES;
        left = until - System.nanoTime()) {
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
  }

  /** The first segment behind that number. It won't be cut from now on, nor any before it. */
  synchronized Optional<Integer> segmentAfter(int number) {
    return segments.after(number);
  }

  synchronized Segments.Extent extentOf(int number) {
    return segments.extentOf(number);
  }

  /** True when all that will ever be here is here. */
  synchronized boolean isFinished() {
    return finished;
  }

  /** True when segments are not needed any more, as all before a place is delivered. */
  synchronized boolean canRemoveDelivered(SpoolReader.Place before) {
    return !segments.deliveredBefore(before, !finished).isEmpty();
  }

  /** Removes those. What is left after the end goes with the folder. */
  synchronized void removeDelivered(SpoolReader.Place before) {
    segments.remove(segments.deliveredBefore(before, !finished));
  }

  /** Only when there is as much as it waits for: waking it takes the time of the workload. */
  private void wakeSender(int count) {
    long before = wantedBytes;
    wantedBytes -= count;
    if (before > 0 && wantedBytes <= 0) {
      notifyAll();
    }
  }

  private void writeInPieces(LogStream stream, byte[] bytes, int count) {
    for (int from = 0; from < count; from += SegmentFormat.MAX_OUTPUT_BYTES) {
      int to = Math.min(count, from + SegmentFormat.MAX_OUTPUT_BYTES);
      write(stream, Arrays.copyOfRange(bytes, from, to), to - from);
    }
  }

  private boolean keep(LogStream stream, byte[] bytes, int count) {
    if (failing && System.nanoTime() - failedNanos < PAUSE_AFTER_FAILURE.toNanos()) {
      return false;
    }
    try {
      segments.append(stream, bytes, count, counts);
      failing = false;
      return true;
    } catch (IOException e) {
      failed(e);
      return false;
    }
  }

  private void failed(IOException e) {
    if (!failing) {
      LOG.log(Level.WARNING, "output is left out, the spool can't be written: " + e);
    }
    failing = true;
    failedNanos = System.nanoTime();
    segments.seal();
  }

  /** An empty segment, for its header. If the disk still fails, the sender is told from memory. */
  private void leaveWordOfUnwritten() {
    if (!failing) {
      return;
    }
    try {
      segments.begin(counts);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the end of the output is left out: " + e);
    }
    segments.seal();
  }

  private synchronized Map<Integer, Long> snapshot() {
    return segments.snapshot();
  }
}
