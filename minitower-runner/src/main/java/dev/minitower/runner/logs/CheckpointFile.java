package dev.minitower.runner.logs;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The newest {@link Checkpoint} on disk. Two slots that are written in turn: after a crash in the
 * middle of one, the other counts. Their room is taken when the file is made, so that a full disk
 * can't stop a log from being delivered and its segments from being removed.
 *
 * <p>A slot is the generation (8 bytes), the length of the content (4), its CRC-32 with the
 * generation (8), the content.
 */
final class CheckpointFile implements Closeable {
  private static final int SLOT_BYTES = 20 * 1024;
  private static final int HEADER_BYTES = 2 * Long.BYTES + Integer.BYTES;

  private final FileChannel file;
  private final ByteBuffer slot = ByteBuffer.allocate(SLOT_BYTES);
  private long generation;
  private Checkpoint newest = Checkpoint.BEGINNING;

  private CheckpointFile(FileChannel file) {
    this.file = file;
  }

  /** Makes an empty file. */
  static void create(Path path) throws IOException {
    try (var file = FileChannel.open(path, CREATE_NEW, WRITE)) {
      writeFully(file, ByteBuffer.allocate(2 * SLOT_BYTES), 0);
    }
  }

  static CheckpointFile open(Path path) throws IOException {
    var opened = new CheckpointFile(FileChannel.open(path, READ, WRITE));
    opened.readSlot(0);
    opened.readSlot(1);
    return opened;
  }

  /** What was written last; the beginning if nothing was. */
  Checkpoint newest() {
    return newest;
  }

  /** Survives the end of the runner; a loss of power only after {@link #sync}. */
  void write(Checkpoint checkpoint) throws IOException {
    generation++;
    slot.clear().position(HEADER_BYTES);
    putContent(checkpoint);
    int length = slot.position() - HEADER_BYTES;
    slot.flip().putLong(0, generation).putInt(Long.BYTES, length);
    slot.putLong(Long.BYTES + Integer.BYTES, checksum(length));
    writeFully(file, slot, generation % 2 * SLOT_BYTES);
    newest = checkpoint;
  }

  void sync() throws IOException {
    file.force(false);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void putContent(Checkpoint checkpoint) {
    Counts counts = checkpoint.place().counts();
    slot.putInt(checkpoint.place().segment()).putLong(checkpoint.place().offset());
    slot.putLong(counts.bytes()).putLong(counts.lines()).putLong(counts.unwritten());
    slot.putLong(checkpoint.atMillis()).putLong(checkpoint.nextSeq());
    slot.putInt(checkpoint.stdout().length).put(checkpoint.stdout());
    slot.putInt(checkpoint.stderr().length).put(checkpoint.stderr());
  }

  private void readSlot(int index) throws IOException {
    slot.clear();
    int count = 0;
    for (long at = (long) index * SLOT_BYTES; count >= 0 && slot.hasRemaining(); ) {
      count = file.read(slot, at);
      at += Math.max(0, count);
    }
    slot.flip();
    Checkpoint content = slot.limit() < SLOT_BYTES ? null : takeContent();
    if (content != null) {
      newest = content;
    }
  }

  /** Null if the slot is empty, torn or older than what is known. */
  private @Nullable Checkpoint takeContent() {
    long itsGeneration = slot.getLong();
    int length = slot.getInt();
    long itsChecksum = slot.getLong();
    if (itsGeneration <= generation
        || length < 0
        || length > slot.remaining()
        || itsChecksum != checksum(length)) {
      return null;
    }
    generation = itsGeneration;
    int segment = slot.getInt();
    long offset = slot.getLong();
    var counts = new Counts(slot.getLong(), slot.getLong(), slot.getLong());
    long atMillis = slot.getLong();
    long nextSeq = slot.getLong();
    var place = new SpoolReader.Place(segment, offset, counts);
    return new Checkpoint(place, atMillis, nextSeq, takeBytes(), takeBytes());
  }

  private byte[] takeBytes() {
    byte[] bytes = new byte[slot.getInt()];
    slot.get(bytes);
    return bytes;
  }

  private long checksum(int length) {
    var crc = new CRC32();
    crc.update(slot.array(), 0, Long.BYTES);
    crc.update(slot.array(), HEADER_BYTES, length);
    return crc.getValue();
  }

  private static void writeFully(FileChannel file, ByteBuffer bytes, long at) throws IOException {
    for (long next = at; bytes.hasRemaining(); ) {
      next += file.write(bytes, next);
    }
  }
}
