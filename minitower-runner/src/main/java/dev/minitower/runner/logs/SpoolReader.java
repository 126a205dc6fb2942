package dev.minitower.runner.logs;

import static java.nio.file.StandardOpenOption.READ;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the output of a spool in order, while it is being written or after. For one thread. */
final class SpoolReader implements Closeable {
  private static final int BUFFER_BYTES = 2 * SegmentFormat.MAX_RECORD_BYTES;

  private final LogSpool spool;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
  private @Nullable FileChannel file;
  private Place place;

  /**
   * Where reading goes on.
   *
   * @param segment its number; 0 before the first
   * @param offset in its file
   * @param counts of the output before this place
   */
  record Place(int segment, long offset, Counts counts) {
    static final Place BEGINNING = new Place(0, 0, Counts.NONE);
  }

  /** Takes what was read. */
  interface Receiver {
    void output(SpooledOutput output);

    /** Output that came here was not kept. */
    void gap(Counts missing, long atMillis);
  }

  SpoolReader(LogSpool spool, Place place) throws IOException {
    this.spool = spool;
    this.place = place;
    Path segment = spool.folder().segment(place.segment());
    if (Files.exists(segment)) {
      file = FileChannel.open(segment, READ);
    }
  }

  Place place() {
    return place;
  }

  /**
   * Hands on the next record or gap.
   *
   * @return false if there is nothing more at present
   */
  boolean readOne(Receiver receiver) throws IOException {
    do {
      Segments.Extent extent = spool.extentOf(place.segment());
      SpooledOutput output = takeRecord(extent.bytes());
      if (output != null) {
        advance(output);
        receiver.output(output);
        return true;
      }
      if (!extent.sealed()) {
        return false;
      }
      close();
    } while (openNext(receiver));
    return false;
  }

  /** To be called when all is read: what is missing behind the last record. */
  void readMissingEnd(Receiver receiver) {
    Counts all = spool.counts();
    Counts missing = all.minus(place.counts());
    if (missing.bytes() > 0) {
      place = new Place(place.segment(), place.offset(), all);
      receiver.gap(missing, spool.clock().millis());
    }
  }

  /** Also after each segment: the room of a removed file is free only when nobody has it open. */
  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }

  private @Nullable SpooledOutput takeRecord(long upTo) throws IOException {
    SpooledOutput output = SegmentFormat.takeRecord(buffer);
    if (output == null && fill(upTo)) {
      output = SegmentFormat.takeRecord(buffer);
    }
    return output;
  }

  /** Adds to the buffer what the file holds behind it; false if that is nothing. */
  private boolean fill(long upTo) throws IOException {
    if (file == null) {
      return false;
    }
    long at = place.offset() + buffer.remaining();
    buffer.compact();
    buffer.limit((int) Math.min(buffer.capacity(), buffer.position() + Math.max(0, upTo - at)));
    int before = buffer.position();
    while (buffer.hasRemaining()) {
      int count = file.read(buffer, at);
      if (count < 0) {
        break;
      }
      at += count;
    }
    boolean more = buffer.position() > before;
    buffer.flip();
    return more;
  }

  private void advance(SpooledOutput output) {
    int length = output.bytes().length;
    place =
        new Place(
            place.segment(),
            place.offset() + SegmentFormat.RECORD_HEADER_BYTES + length,
            place.counts().plusWritten(output.bytes(), length));
  }

  private boolean openNext(Receiver receiver) throws IOException {
    Integer next = spool.segmentAfter(place.segment()).orElse(null);
    if (next == null) {
      return false;
    }
    file = FileChannel.open(spool.folder().segment(next), READ);
    buffer.clear().limit(0);
    place = new Place(next, 0, place.counts());
    var unusedMore = fill(SegmentFormat.FILE_HEADER_BYTES);
    SegmentFormat.FileHeader header = SegmentFormat.takeFileHeader(buffer);
    buffer.clear().limit(0);
    if (header == null) {
      return true;
    }
    Counts missing = header.before().minus(place.counts());
    place = new Place(next, SegmentFormat.FILE_HEADER_BYTES, header.before());
    if (missing.bytes() > 0) {
      receiver.gap(missing, header.atMillis());
    }
    return true;
  }
}
