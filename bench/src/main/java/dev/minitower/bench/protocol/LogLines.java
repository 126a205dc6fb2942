package dev.minitower.bench.protocol;

import dev.minitower.bench.http.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Lines of 82 bytes such as a batch job writes, each a function of run and number, so that whoever
 * reads one knows whether it is the right one. A third of a line is digits that never repeat, so
 * that it packs no better than what real jobs write.
 */
public final class LogLines {
  /** Bytes of a line, without its end. */
  public static final int LINE_LENGTH = 82;

  private static final String[] TABLES = {"orders", "events", "prices", "stocks"};

  private final Bytes plain = new Bytes(32 * 1024);
  private final Bytes packed = new Bytes(8 * 1024);

  /** The text of line {@code seq} of a run. */
  public static String line(long runId, long seq) {
    var line = new Bytes(LINE_LENGTH);
    addLine(line, runId, seq);
    return line.toString();
  }

  private static void addLine(Bytes out, long runId, long seq) {
    long random = mixed(runId * 1_000_003 + seq);
    out.ascii("INFO  Batch run ");
    padded(out, runId, 8);
    out.ascii(" line ");
    padded(out, seq, 7);
    out.ascii(" ");
    out.ascii(TABLES[(int) (random & 3)]);
    out.ascii(" ");
    hex(out, random);
    out.ascii(": ");
    padded(out, random >>> 8 & 0xffff, 5);
    out.ascii(" rows ");
    padded(out, random >>> 32 & 0x1fff, 5);
    out.ascii(" ms");
  }

  private static void hex(Bytes out, long value) {
    for (int shift = Long.SIZE - 4; shift >= 0; shift -= 4) {
      out.add((byte) Character.forDigit((int) (value >>> shift & 0xf), 16));
    }
  }

  /** The last step of MurmurHash3 for 64 bits, by Austin Appleby, in the public domain. */
  private static long mixed(long value) {
    value = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
    value = (value ^ value >>> 33) * 0xc4ceb9fe1a85ec53L;
    return value ^ value >>> 33;
  }

  private static void padded(Bytes out, long value, int width) {
    long bound = 10;
    for (int digits = 1; digits < width; digits++) {
      bound *= 10;
    }
    for (long rest = bound / 10; rest > 1 && value < rest; rest /= 10) {
      out.add((byte) '0');
    }
    out.number(value % bound);
  }

  /** A batch of lines {@code first} to {@code first + count - 1}; valid until the next. */
  public Bytes batch(long runId, long first, int count) {
    String minute = Instant.now().toString().substring(0, 17);
    plain.clear();
    plain.ascii("{\"logs\":[");
    for (long seq = first; seq < first + count; seq++) {
      plain.ascii(seq == first ? "{\"seq\":" : ",{\"seq\":");
      plain.number(seq);
      plain.ascii(",\"stream\":\"stdout\",\"line\":\"");
      addLine(plain, runId, seq);
      plain.ascii("\",\"logged_at\":\"");
      plain.ascii(minute);
      long milli = seq * 3 % 60_000;
      padded(plain, milli / 1000, 2);
      plain.ascii(".");
      padded(plain, milli % 1000, 3);
      plain.ascii("Z\"}");
    }
    plain.ascii("]}");
    return plain;
  }

  /** The same as gzip. */
  public Bytes packedBatch(long runId, long first, int count) throws IOException {
    Bytes batch = batch(runId, first, count);
    packed.clear();
    try (var gzip = new FastGzip(new Sink())) {
      gzip.write(batch.array(), 0, batch.length());
    }
    return packed;
  }

  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 8 * 1024);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  private final class Sink extends OutputStream {
    @Override
    public void write(int one) {
      packed.add((byte) one);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      packed.add(bytes, from, count);
    }
  }
}
