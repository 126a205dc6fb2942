package dev.minitower.model.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.minitower.model.api.LogStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * The stored form of a chunk's lines: one byte of format version, then raw deflate (level 1) of,
 * for each line, the zigzag varint of its time in milliseconds less the one before, one byte of
 * stream, the varint of its length in bytes, and its UTF-8. Varints are LEB128, as in Protocol
 * Buffers.
 */
public final class LogChunkCodec {
  private static final int VERSION = 1;
  private static final int STDOUT = 0;
  private static final int STDERR = 1;

  private LogChunkCodec() {}

  public static byte[] encode(List<StoredLine> lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + lines.size() * 32);
    bytes.write(VERSION);
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try (DataOutputStream out =
        new DataOutputStream(new DeflaterOutputStream(bytes, deflater, 8 * 1024))) {
      long before = 0;
      for (StoredLine line : lines) {
        long millis = line.loggedAt().toEpochMilli();
        byte[] text = line.text().getBytes(UTF_8);
        writeVarint(out, zigzag(millis - before));
        out.writeByte(line.stream() == LogStream.STDOUT ? STDOUT : STDERR);
        writeVarint(out, text.length);
        out.write(text);
        before = millis;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  public static List<StoredLine> decode(byte[] stored, int count) {
    if (stored.length == 0 || stored[0] != VERSION) {
      throw new IllegalStateException("a log chunk of an unknown format");
    }
    Inflater inflater = new Inflater(true);
    InputStream body = new ByteArrayInputStream(stored, 1, stored.length - 1);
    try (DataInputStream in =
        new DataInputStream(new InflaterInputStream(body, inflater, 8 * 1024))) {
      List<StoredLine> lines = new ArrayList<>(count);
      long millis = 0;
      for (int i = 0; i < count; i++) {
        millis += unzigzag(readVarint(in));
        LogStream stream = in.readByte() == STDOUT ? LogStream.STDOUT : LogStream.STDERR;
        String text = new String(in.readNBytes((int) readVarint(in)), UTF_8);
        lines.add(new StoredLine(stream, Instant.ofEpochMilli(millis), text));
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException("a log chunk can't be read", e);
    } finally {
      inflater.end();
    }
  }

  private static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  private static long unzigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }

  private static void writeVarint(OutputStream out, long value) throws IOException {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static long readVarint(DataInputStream in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = in.readUnsignedByte();
      value |= (long) (next & 0x7F) << shift;
      if ((next & 0x80) == 0) {
        return value;
      }
    }
    throw new IllegalStateException("a varint without an end");
  }
}
