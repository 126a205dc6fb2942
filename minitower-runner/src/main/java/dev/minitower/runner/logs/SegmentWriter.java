package dev.minitower.runner.logs;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.minitower.model.api.LogStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** The newest segment of a spool. What was appended is in the file, and outlives the runner. */
final class SegmentWriter implements Closeable {
  private final FileChannel file;
  private final ByteBuffer record = ByteBuffer.allocate(SegmentFormat.MAX_RECORD_BYTES);
  private long size;

  private SegmentWriter(FileChannel file) {
    this.file = file;
  }

  /** Makes a segment; leaves no file behind if that fails. */
  static SegmentWriter create(Path path, SegmentFormat.FileHeader header) throws IOException {
    var writer = new SegmentWriter(FileChannel.open(path, CREATE_NEW, WRITE));
    try {
      SegmentFormat.putFileHeader(writer.record, header);
      writer.writeOut();
      return writer;
    } catch (IOException e) {
      writer.file.close();
      Files.deleteIfExists(path);
      throw e;
    }
  }

  /** Appends all of it, or nothing if that fails. */
  void append(LogStream stream, long atMillis, byte[] output, int count) throws IOException {
    record.clear();
    SegmentFormat.putRecord(record, stream, atMillis, output, count);
    try {
      writeOut();
    } catch (IOException e) {
      file.truncate(size);
      throw e;
    }
  }

  long size() {
    return size;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void writeOut() throws IOException {
    record.flip();
    int length = record.limit();
    for (long at = size; record.hasRemaining(); ) {
      at += file.write(record, at);
    }
    size += length;
  }
}
