package dev.minitower.runner.logs;

import static dev.minitower.runner.logs.Spooling.deliverAll;
import static dev.minitower.runner.logs.Spooling.print;
import static dev.minitower.runner.logs.Spooling.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.model.api.LogLine;
import dev.minitower.model.api.LogStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the next start of the runner makes of a spool that a crash has left. */
class LogBatchesTest {
  private static final long LIMIT = 100L * 1024 * 1024;

  /** Segments of 64 KiB, and more than any of the tests below writes. */
  private static final long SMALL_SEGMENTS = 1024 * 1024;

  @TempDir Path folder;
  private final TreeMap<Long, LogLine> server = new TreeMap<>();

  static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void wherever_crashes_come_the_server_gets_each_line_once_and_unchanged(int seed)
      throws Exception {
    var random = new Random(seed);
    var expected = new ArrayList<String>();
    var spool = LogSpool.create(folder.resolve("7"), InstantSource.system(), SMALL_SEGMENTS);
    var written = new Reference(expected);

    deliverWhileWriting(random, spool, written);
    if (random.nextBoolean()) {
      spool.finish();
    }
    written.end();
    while (!deliverSome(LogSpool.reopen(folder.resolve("7")), random)) {
      assertThat(server).as("seed %d", seed).hasSizeLessThanOrEqualTo(expected.size());
    }

    assertThat(server.values().stream().map(line -> line.stream() + " " + line.line()).toList())
        .as("seed %d", seed)
        .isEqualTo(expected);
    assertThat(server.keySet())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, expected.size()).boxed().toList());
  }

  @Test
  void record_that_a_crash_has_torn_ends_the_log_before_it() throws Exception {
    var spool = LogSpool.create(folder.resolve("7"), InstantSource.system(), LIMIT);
    print(spool, "whole\n");
    print(spool, "torn\n");
    spool.close();
    try (var file = new RandomAccessFile(spool.folder().segment(1).toFile(), "rw")) {
      file.setLength(file.length() - 2);
    }

    assertThat(text(deliverAll(LogSpool.reopen(folder.resolve("7"))))).containsExactly("whole");
  }

  @Test
  void segment_that_a_crash_left_without_its_header_holds_nothing_up() throws Exception {
    var spool = LogSpool.create(folder.resolve("7"), InstantSource.system(), LIMIT);
    print(spool, "whole\n");
    spool.close();
    try (var file = new RandomAccessFile(spool.folder().segment(2).toFile(), "rw")) {
      file.setLength(10);
    }

    assertThat(text(deliverAll(LogSpool.reopen(folder.resolve("7"))))).containsExactly("whole");
  }

  @Test
  void log_that_was_delivered_to_its_end_is_not_sent_again() throws Exception {
    var spool = LogSpool.create(folder.resolve("7"), InstantSource.system(), LIMIT);
    print(spool, "one\ntwo without an end");
    spool.finish();
    assertThat(deliverAll(spool)).hasSize(2);

    assertThat(deliverAll(LogSpool.reopen(folder.resolve("7")))).isEmpty();
  }

  @Test
  void cut_is_told_alike_after_a_crash() throws Exception {
    var spool = LogSpool.create(folder.resolve("7"), InstantSource.system(), 100_000);
    LongStream.rangeClosed(1, 50_000).forEach(i -> print(spool, i + "\n"));
    spool.finish();
    List<LogLine> first = new ArrayList<>();
    try (var batches = LogBatches.of(spool)) {
      for (var batch = batches.take(); !batch.isEmpty(); batch = batches.take()) {
        first.addAll(batch);
      }
    }

    assertThat(deliverAll(LogSpool.reopen(folder.resolve("7")))).isEqualTo(first);
  }

  private void deliverWhileWriting(Random random, LogSpool spool, Reference written)
      throws IOException, InterruptedException {
    try (var batches = LogBatches.of(spool)) {
      for (int i = random.nextInt(200); i > 0; i--) {
        LogStream stream = random.nextInt(3) == 0 ? LogStream.STDERR : LogStream.STDOUT;
        byte[] chunk = chunk(random);
        Spooling.write(spool, stream, chunk);
        boolean lineIsWaiting = written.write(stream, chunk) > server.size();
        if (lineIsWaiting && random.nextInt(30) == 0) {
          accept(batches.take());
          batches.accepted();
        }
      }
      if (written.count() > server.size() && random.nextBoolean()) {
        accept(batches.take());
      }
    }
  }

  /** True if it came to the end; otherwise it crashed before, perhaps with a batch unanswered. */
  private boolean deliverSome(LogSpool spool, Random random)
      throws IOException, InterruptedException {
    try (spool;
        var batches = LogBatches.of(spool)) {
      for (int left = random.nextInt(4); left > 0; left--) {
        List<LogLine> batch = batches.take();
        accept(batch);
        if (batch.isEmpty()) {
          return true;
        }
        if (left > 1 || random.nextBoolean()) {
          batches.accepted();
        }
      }
      return false;
    }
  }

  private void accept(List<LogLine> batch) {
    for (LogLine line : batch) {
      LogLine known = server.putIfAbsent(line.seq(), line);
      assertThat(known == null || known.equals(line)).as("%s was %s", line, known).isTrue();
    }
  }

  private static byte[] chunk(Random random) {
    boolean longLines = random.nextInt(10) == 0;
    byte[] chunk = new byte[1 + random.nextInt(longLines ? 30_000 : 500)];
    byte[] letters = "ab\r\n\n\0€\n".getBytes(UTF_8);
    for (int i = 0; i < chunk.length; i++) {
      chunk[i] = longLines ? (byte) (0xE0 | i) : letters[random.nextInt(letters.length)];
    }
    return chunk;
  }

  /** What the lines should be, made at once and in memory. */
  private static final class Reference {
    private final List<String> lines;
    private final LineSplitter stdout;
    private final LineSplitter stderr;

    Reference(List<String> lines) {
      this.lines = lines;
      this.stdout = new LineSplitter(line -> lines.add("STDOUT " + line));
      this.stderr = new LineSplitter(line -> lines.add("STDERR " + line));
    }

    int write(LogStream stream, byte[] chunk) {
      (stream == LogStream.STDERR ? stderr : stdout).accept(chunk, chunk.length);
      return lines.size();
    }

    int count() {
      return lines.size();
    }

    void end() {
      stdout.end();
      stderr.end();
    }
  }
}
