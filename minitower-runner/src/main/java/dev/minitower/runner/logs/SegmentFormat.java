package dev.minitower.runner.logs;

import dev.minitower.model.api.LogStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How output lies in a segment of a spool. First a header: a mark (4 bytes), the time (8) and the
 * {@link Counts} before this segment (3 × 8), so that a segment which is missing leaves word of how
 * much it held. Then records: stream (1), time (8, epoch milliseconds), length (4), bytes. Only the
 * last record of a file can be incomplete, after a crash.
 */
final class SegmentFormat {
  static final int FILE_HEADER_BYTES = 4 + 4 * Long.BYTES;
  static final int RECORD_HEADER_BYTES = 1 + Long.BYTES + Integer.BYTES;

  /** Longer output is kept as several records. */
  static final int MAX_OUTPUT_BYTES = 64 * 1024;

  static final int MAX_RECORD_BYTES = RECORD_HEADER_BYTES + MAX_OUTPUT_BYTES;

  private static final int MARK = 0x4D545331; // "MTS1"
  private static final byte STDOUT = 1;
  private static final byte STDERR = 2;

  private SegmentFormat() {}

  /**
   * What stands at the beginning of a segment.
   *
   * @param before of the output before it
   */
  record FileHeader(long atMillis, Counts before) {}

  static void putFileHeader(ByteBuffer target, FileHeader header) {
    Counts before = header.before();
    target.putInt(MARK).putLong(header.atMillis());
    target.putLong(before.bytes()).putLong(before.lines()).putLong(before.unwritten());
  }

  /** Reads a header; null if it is none, because a crash came before it was written. */
  static @Nullable FileHeader takeFileHeader(ByteBuffer source) {
    if (source.remaining() < FILE_HEADER_BYTES || source.getInt() != MARK) {
      return null;
    }
    long atMillis = source.getLong();
    var before = new Counts(source.getLong(), source.getLong(), source.getLong());
    return new FileHeader(atMillis, before);
  }

  static void putRecord(
      ByteBuffer target, LogStream stream, long atMillis, byte[] output, int count) {
    target
        .put(stream == LogStream.STDERR ? STDERR : STDOUT)
        .putLong(atMillis)
        .putInt(count)
        .put(output, 0, count);
  }

  /** Takes the next record; null, and nothing taken, if there is no complete one. */
  static @Nullable SpooledOutput takeRecord(ByteBuffer source) {
    if (source.remaining() < RECORD_HEADER_BYTES) {
      return null;
    }
    int start = source.position();
    byte kind = source.get(start);
    int length = source.getInt(start + 1 + Long.BYTES);
    boolean valid = (kind == STDOUT || kind == STDERR) && length > 0 && length <= MAX_OUTPUT_BYTES;
    if (!valid || source.remaining() < RECORD_HEADER_BYTES + length) {
      return null;
    }
    byte[] output = new byte[length];
    source.position(start + RECORD_HEADER_BYTES);
    source.get(output);
    LogStream stream = kind == STDERR ? LogStream.STDERR : LogStream.STDOUT;
    return new SpooledOutput(stream, source.getLong(start + 1), output);
  }
}
