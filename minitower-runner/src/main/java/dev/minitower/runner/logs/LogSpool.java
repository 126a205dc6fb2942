package dev.minitower.runner.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.minitower.model.api.LogLine;
import dev.minitower.model.api.LogStream;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of one attempt on their way to the sender: first in a buffer, and in a file when the
 * sender falls behind, so that a workload is never slowed down by the server and memory stays
 * bounded. Lines that can't be kept, because more than the limit waits or the disk is full, are
 * left out, and a line at their place says how many.
 *
 * <p>A line is stored as its stream (1 byte), time (8, epoch milliseconds), length (4) and UTF-8.
 */
public final class LogSpool implements Closeable {
  private static final System.Logger LOG = System.getLogger(LogSpool.class.getName());
  private static final byte STDOUT_BYTE = 1;
  private static final byte STDERR_BYTE = 2;
  private static final int HEADER_BYTES = 13;
  private static final int BUFFER_BYTES = 64 * 1024;

  /** Room that is always left for the line which says how many were left out. */
  private static final int RESERVED_BYTES = 256;

  private static final int MAX_BATCH_LINES = 1_000;
  private static final int MAX_BATCH_BYTES = 1024 * 1024;
  private static final Duration LINGER = Duration.ofMillis(20);

  private final FileChannel file;
  private final InstantSource clock;
  private final long maxWaitingBytes;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private long written;
  private long taken;
  private long lastSeq;
  private long leftOut;
  private boolean finished;

  private LogSpool(FileChannel file, InstantSource clock, long maxWaitingBytes) {
    this.file = file;
    this.clock = clock;
    this.maxWaitingBytes = maxWaitingBytes;
  }

  public static LogSpool create(Path path, InstantSource clock, long maxWaitingBytes)
      throws IOException {
    return new LogSpool(FileChannel.open(path, CREATE_NEW, READ, WRITE), clock, maxWaitingBytes);
  }

  /** Keeps a line. Never fails and never waits for the server. */
  public synchronized void append(LogStream stream, String line) {
    byte[] text = line.getBytes(UTF_8);
    long before = waiting();
    if (!makeRoom(HEADER_BYTES + text.length + (leftOut > 0 ? RESERVED_BYTES : 0))) {
      leftOut++;
      return;
    }
    Instant now = clock.instant();
    markWhatWasLeftOut(now);
    put(stream, now, text);
    if (before == 0 || waiting() >= MAX_BATCH_BYTES) {
      notifyAll();
    }
  }

  /** Says that no line follows. */
  public synchronized void finish() {
    markWhatWasLeftOut(clock.instant());
    finished = true;
    notifyAll();
  }

  /**
   * Waits for lines and takes a batch of them, in order. Waits a moment more after the first line,
   * so that a workload that prints steadily doesn't cost a request per line.
   *
   * @return empty when the output is finished and everything was taken
   */
  public synchronized List<LogLine> take() throws IOException, InterruptedException {
    while (waiting() == 0 && !finished) {
      wait();
    }
    long until = System.nanoTime() + LINGER.toNanos();
    for (long left = LINGER.toNanos();
        left > 0 && !finished && waiting() < MAX_BATCH_BYTES;
        left = until - System.nanoTime()) {
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
    return taken < written ? takeFromFile() : takeFromBuffer();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private long waiting() {
    return written - taken + buffer.position();
  }

  private boolean makeRoom(int size) {
    return waiting() + size <= maxWaitingBytes
        && (buffer.remaining() >= size + RESERVED_BYTES || flush());
  }

  private void markWhatWasLeftOut(Instant now) {
    if (leftOut > 0) {
      String message =
          "[minitower] "
              + leftOut
              + " lines were left out here: they could not be delivered as fast as written,"
              + " or the runner's disk is full";
      put(LogStream.STDERR, now, message.getBytes(UTF_8));
      leftOut = 0;
    }
  }

  private void put(LogStream stream, Instant at, byte[] text) {
    buffer
        .put(stream == LogStream.STDERR ? STDERR_BYTE : STDOUT_BYTE)
        .putLong(at.toEpochMilli())
        .putInt(text.length)
        .put(text);
  }

  /** Moves the buffer to the file, or leaves it as it was and says false if that can't be done. */
  private boolean flush() {
    if (taken == written) {
      taken = 0;
      written = 0;
    }
    ByteBuffer content = buffer.duplicate().flip();
    try {
      for (long at = written; content.hasRemaining(); ) {
        at += file.write(content, at);
      }
    } catch (IOException e) {
      if (leftOut == 0) {
        LOG.log(Level.WARNING, "lines are left out, the spool can't be written: " + e);
      }
      return false;
    }
    written += content.limit();
    buffer.clear();
    return true;
  }

  private List<LogLine> takeFromBuffer() {
    buffer.flip();
    List<LogLine> batch = parse(buffer);
    buffer.compact();
    return batch;
  }

  private List<LogLine> takeFromFile() throws IOException {
    var chunk = ByteBuffer.allocate((int) Math.min(written - taken, MAX_BATCH_BYTES));
    for (long at = taken; chunk.hasRemaining(); ) {
      int count = file.read(chunk, at);
      if (count < 0) {
        throw new IOException("the spool is shorter than what was written to it");
      }
      at += count;
    }
    chunk.flip();
    List<LogLine> batch = parse(chunk);
    taken += chunk.position();
    return batch;
  }

  private List<LogLine> parse(ByteBuffer chunk) {
    var batch = new ArrayList<LogLine>();
    while (batch.size() < MAX_BATCH_LINES && chunk.remaining() >= HEADER_BYTES) {
      int length = chunk.getInt(chunk.position() + HEADER_BYTES - Integer.BYTES);
      if (chunk.remaining() < HEADER_BYTES + length) {
        break;
      }
      LogStream stream = chunk.get() == STDERR_BYTE ? LogStream.STDERR : LogStream.STDOUT;
      Instant at = Instant.ofEpochMilli(chunk.getLong());
      byte[] text = new byte[chunk.getInt()];
      chunk.get(text);
      batch.add(new LogLine(++lastSeq, stream, new String(text, UTF_8), at));
    }
    return batch;
  }
}
