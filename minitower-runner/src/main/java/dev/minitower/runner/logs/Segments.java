package dev.minitower.runner.logs;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.minitower.model.api.LogStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a spool, and no more of them than the limit allows: the beginning and the newest
 * stay, those in the middle are removed. Guarded by the {@link LogSpool}.
 */
final class Segments {
  private static final System.Logger LOG = System.getLogger(Segments.class.getName());
  private static final long MAX_SEGMENT_BYTES = 4L * 1024 * 1024;
  private static final int SEGMENTS_OF_LIMIT = 16;

  private final SpoolFolder folder;
  private final InstantSource clock;
  private final long maxBytes;
  private final long segmentBytes;

  /** Bytes of each segment that are written for good. */
  private final NavigableMap<Integer, Long> sizes = new TreeMap<>();

  private @Nullable SegmentWriter newest;
  private int lastNumber;
  private int readNumber;

  Segments(SpoolFolder folder, InstantSource clock, long maxBytes) {
    this.folder = folder;
    this.clock = clock;
    this.maxBytes = maxBytes;
    this.segmentBytes = Math.min(MAX_SEGMENT_BYTES, maxBytes / SEGMENTS_OF_LIMIT);
  }

  /** Takes over what is on disk; nothing will be added to it. */
  void readFolder() throws IOException {
    sizes.putAll(folder.segments());
  }

  /**
   * Appends all of it, or nothing if that fails; then {@link #seal} has to follow.
   *
   * @param before of the output before this
   */
  void append(LogStream stream, byte[] output, int count, Counts before) throws IOException {
    SegmentWriter segment = newest;
    if (segment == null || segment.size() >= segmentBytes) {
      segment = begin(before);
      cutMiddle();
    }
    segment.append(stream, clock.millis(), output, count);
    sizes.put(lastNumber, segment.size());
  }

  /** Ends the newest segment. The header of the next one says what is missing between the two. */
  void seal() {
    try {
      if (newest != null) {
        newest.close();
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "closing a segment of the spool: " + e);
    }
    newest = null;
  }

  /** Begins a segment, for its header at least. */
  @CanIgnoreReturnValue
  SegmentWriter begin(Counts before) throws IOException {
    seal();
    var header = new SegmentFormat.FileHeader(clock.millis(), before);
    SegmentWriter begun = SegmentWriter.create(folder.segment(lastNumber + 1), header);
    newest = begun;
    lastNumber++;
    sizes.put(lastNumber, begun.size());
    return begun;
  }

  /** The first segment behind that number. It won't be cut from now on, nor any before it. */
  Optional<Integer> after(int number) {
    @Nullable Integer next = sizes.higherKey(number);
    if (next != null) {
      readNumber = next;
    }
    return Optional.ofNullable(next);
  }

  Extent extentOf(int number) {
    boolean grows = number == lastNumber && newest != null;
    return new Extent(sizes.getOrDefault(number, 0L), !grows);
  }

  long bytesBehind(int number, long offset) {
    long here = Math.max(0, sizes.getOrDefault(number, 0L) - offset);
    return here + total(sizes.tailMap(number, false));
  }

  NavigableMap<Integer, Long> snapshot() {
    return new TreeMap<>(sizes);
  }

  /**
   * The segments that are not needed any more when all before a place is delivered.
   *
   * @param thatToo also the one at that place, if it is delivered as a whole: on a full disk no
   *     other can follow before its room is free
   */
  Map<Integer, Long> deliveredBefore(SpoolReader.Place place, boolean thatToo) {
    Extent extent = extentOf(place.segment());
    boolean whole = extent.sealed() && place.offset() >= extent.bytes();
    return sizes.headMap(place.segment(), whole && thatToo);
  }

  void remove(Map<Integer, Long> view) {
    view.keySet().forEach(this::delete);
    view.clear();
  }

  private void cutMiddle() {
    long excess = total(sizes) + segmentBytes - maxBytes;
    long passed = 0;
    Iterator<Map.Entry<Integer, Long>> each = sizes.entrySet().iterator();
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

  private void delete(int number) {
    try {
      Files.deleteIfExists(folder.segment(number));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a segment of the spool stays until the attempt is over: " + e);
    }
  }

  private static long total(Map<Integer, Long> segments) {
    return segments.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * How far a segment may be read.
   *
   * @param sealed nothing is appended to it any more
   */
  record Extent(long bytes, boolean sealed) {}
}
