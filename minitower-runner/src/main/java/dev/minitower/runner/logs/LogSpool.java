package dev.minitower.runner.logs;

import dev.minitower.model.api.LogStream;
import dev.minitower.runner.execution.OutputSink;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The output of one attempt on its way to the sender, in a folder of files that outlives the
 * runner. A workload waits for nothing but the write itself: if more waits for the server than the
 * limit allows, whole segments in the middle are removed, so that the beginning and the newest
 * output stay; what the disk doesn't take is counted, and writing goes on when it does again.
 */
public final class LogSpool implements OutputSink, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LogSpool.class.getName());
  private static final long MAX_SEGMENT_BYTES = 4L * 1024 * 1024;
  private static final int SEGMENTS_OF_LIMIT = 16;
  private static final int WORTH_SENDING_BYTES = 64 * 1024;
  private static final Duration LINGER = Duration.ofMillis(20);

  /** How long the disk is left alone after a failure, so that it costs no call per write. */
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

  private final SpoolFolder folder;
  private final InstantSource clock;
  private final long maxBytes;
  private final long segmentBytes;

  /** Bytes of each segment that are written for good; the last may still grow. */
  private final NavigableMap<Integer, Long> segments = new TreeMap<>();

  private @Nullable SegmentWriter newest;
  private int lastNumber;
  private int readNumber;
  private Counts counts = Counts.NONE;
  private boolean midLine;
  private boolean failing;
  private long failedNanos;
  private boolean finished;

  private LogSpool(SpoolFolder folder, InstantSource clock, long maxBytes) {
    this.folder = folder;
    this.clock = clock;
    this.maxBytes = maxBytes;
    this.segmentBytes = Math.min(MAX_SEGMENT_BYTES, maxBytes / SEGMENTS_OF_LIMIT);
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
    spool.segments.putAll(folder.segments());
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
      notifyAll();
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
    closeNewest();
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
    while (!finished && bytesBehind(number, offset) == 0) {
      wait();
    }
    long until = System.nanoTime() + LINGER.toNanos();
    for (long left = LINGER.toNanos();
        left > 0 && !finished && bytesBehind(number, offset) < WORTH_SENDING_BYTES;
        left = until - System.nanoTime()) {
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
  }

  /** The first segment behind that number. It won't be cut from now on, nor any before it. */
  synchronized Optional<Integer> segmentAfter(int number) {
    @Nullable Integer next = segments.higherKey(number);
    if (next != null) {
      readNumber = next;
    }
    return Optional.ofNullable(next);
  }

  synchronized Extent extentOf(int number) {
    boolean grows = !finished && number == lastNumber && newest != null;
    return new Extent(segments.getOrDefault(number, 0L), !grows);
  }

  /** True when all that will ever be here is here. */
  synchronized boolean isFinished() {
    return finished;
  }

  /** True when segments are not needed any more, given that all before that place is delivered. */
  synchronized boolean canRemove(SpoolReader.Place delivered) {
    return !removable(delivered).isEmpty();
  }

  /** Removes the segments that are not needed any more. */
  synchronized void remove(SpoolReader.Place delivered) {
    Map<Integer, Long> removable = removable(delivered);
    removable.keySet().forEach(this::delete);
    removable.clear();
  }

  /** Also the one at that place if no other can follow before its room is free: on a full disk. */
  private Map<Integer, Long> removable(SpoolReader.Place delivered) {
    int number = delivered.segment();
    boolean whole = newest == null && delivered.offset() >= segments.getOrDefault(number, 0L);
    return segments.headMap(number, whole && !finished);
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
      SegmentWriter segment = roomySegment();
      segment.append(stream, clock.millis(), bytes, count);
      segments.put(lastNumber, segment.size());
      failing = false;
      return true;
    } catch (IOException e) {
      failed(e);
      return false;
    }
  }

  /** The next segment's header will say how much is missing between the two. */
  private void failed(IOException e) {
    if (!failing) {
      LOG.log(Level.WARNING, "output is left out, the spool can't be written: " + e);
    }
    failing = true;
    failedNanos = System.nanoTime();
    closeNewest();
  }

  private SegmentWriter roomySegment() throws IOException {
    if (newest == null || newest.size() >= segmentBytes) {
      closeNewest();
      newest = createSegment();
      lastNumber++;
      segments.put(lastNumber, newest.size());
      cutMiddle();
    }
    return newest;
  }

  private SegmentWriter createSegment() throws IOException {
    var header = new SegmentFormat.FileHeader(clock.millis(), counts);
    return SegmentWriter.create(folder.segment(lastNumber + 1), header);
  }

  private void cutMiddle() {
    long excess = segments.values().stream().mapToLong(Long::longValue).sum();
    excess += segmentBytes - maxBytes;
    long passed = 0;
    Iterator<Map.Entry<Integer, Long>> each = segments.entrySet().iterator();
    while (excess > 0 && each.hasNext()) {
      var segment = each.next();
      passed += segment.getValue();
      boolean isHead = passed <= maxBytes / 2 || segment.getKey() <= readNumber;
      if (!isHead && segment.getKey() < lastNumber) {
        excess -= segment.getValue();
        delete(segment.getKey());
        each.remove();
      }
    }
  }

  /** An empty segment, for its header. If the disk still fails, the sender is told from memory. */
  private void leaveWordOfUnwritten() {
    if (!failing) {
      return;
    }
    try (var empty = createSegment()) {
      lastNumber++;
      segments.put(lastNumber, empty.size());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the end of the output is left out: " + e);
    }
  }

  private void closeNewest() {
    try {
      if (newest != null) {
        newest.close();
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "closing a segment of the spool: " + e);
    }
    newest = null;
  }

  private void delete(int number) {
    try {
      Files.deleteIfExists(folder.segment(number));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a segment of the spool stays until the attempt is over: " + e);
    }
  }

  private long bytesBehind(int number, long offset) {
    long here = Math.max(0, segments.getOrDefault(number, 0L) - offset);
    return here
        + segments.tailMap(number, false).values().stream().mapToLong(Long::longValue).sum();
  }

  private synchronized NavigableMap<Integer, Long> snapshot() {
    return new TreeMap<>(segments);
  }

  /**
   * How far a segment may be read.
   *
   * @param sealed nothing is appended to it any more
   */
  record Extent(long bytes, boolean sealed) {}
}
