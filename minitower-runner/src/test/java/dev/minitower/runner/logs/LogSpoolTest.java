package dev.minitower.runner.logs;

import static dev.minitower.runner.logs.Spooling.deliverAll;
import static dev.minitower.runner.logs.Spooling.print;
import static dev.minitower.runner.logs.Spooling.text;
import static dev.minitower.runner.logs.Spooling.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minitower.model.api.LogLine;
import dev.minitower.model.api.LogStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSpoolTest {
  private static final Instant NOW = Instant.parse("2026-02-08T12:34:56.789Z");
  private static final long PLENTY = 256L * 1024 * 1024;

  @TempDir Path folder;
  private LogSpool spool;

  @BeforeEach
  void open() throws IOException {
    spool = LogSpool.create(folder.resolve("7"), () -> NOW, PLENTY);
  }

  @AfterEach
  void close() {
    spool.close();
  }

  @Test
  void lines_come_out_numbered_from_one_as_they_went_in() throws Exception {
    print(spool, "out €\n");
    write(spool, LogStream.STDERR, "\n".getBytes(UTF_8));
    spool.finish();

    assertThat(deliverAll(spool))
        .containsExactly(
            new LogLine(1L, LogStream.STDOUT, "out €", NOW),
            new LogLine(2L, LogStream.STDERR, "", NOW));
  }

  @Test
  void no_output_is_no_line() throws Exception {
    spool.finish();

    assertThat(deliverAll(spool)).isEmpty();
  }

  @Test
  void nothing_is_lost_or_reordered_when_the_sender_is_far_behind() throws Exception {
    int count = 600_000;
    for (int i = 1; i <= count; i++) {
      print(spool, "line " + i + "\n");
    }
    spool.finish();
    assertThat(spool.folder().segments()).hasSizeGreaterThan(2);

    List<LogLine> all = deliverAll(spool);

    assertThat(all).hasSize(count);
    for (int i = 1; i <= count; i++) {
      assertThat(all.get(i - 1))
          .isEqualTo(new LogLine((long) i, LogStream.STDOUT, "line " + i, NOW));
    }
    assertThat(spool.folder().segments()).hasSize(1); // The last goes with its folder.
  }

  @Test
  void batches_keep_to_the_number_and_size_that_a_server_takes() throws Exception {
    print(spool, "\n".repeat(3_000));
    for (int i = 0; i < 1_000; i++) {
      print(spool, "€".repeat(i % 3 == 0 ? LineSplitter.MAX_BYTES / 3 : 5) + "\n");
    }
    spool.finish();

    long lines = 0;
    try (var batches = LogBatches.of(spool)) {
      for (List<LogLine> batch = batches.take(); !batch.isEmpty(); batch = batches.take()) {
        assertThat(batch).hasSizeLessThanOrEqualTo(1_000);
        assertThat(batch.stream().mapToLong(line -> line.line().getBytes(UTF_8).length).sum())
            .isLessThanOrEqualTo(1024 * 1024);
        lines += batch.size();
      }
    }
    assertThat(lines).isEqualTo(4_000);
  }

  @Test
  void line_goes_out_when_it_is_whole_and_not_before() throws Exception {
    try (var batches = LogBatches.of(spool)) {
      CompletableFuture<List<LogLine>> taken = CompletableFuture.supplyAsync(() -> take(batches));
      print(spool, "Enter");
      assertThat(taken).isNotDone();

      print(spool, " your name:\n");

      await().until(taken::isDone);
      assertThat(text(taken.join())).containsExactly("Enter your name:");
    }
  }

  @Test
  void streams_do_not_tear_each_others_lines() throws Exception {
    print(spool, "one, ");
    write(spool, LogStream.STDERR, "two, ".getBytes(UTF_8));
    print(spool, "three\n");
    write(spool, LogStream.STDERR, "four".getBytes(UTF_8));
    spool.finish();

    assertThat(deliverAll(spool))
        .containsExactly(
            new LogLine(1L, LogStream.STDOUT, "one, three", NOW),
            new LogLine(2L, LogStream.STDERR, "two, four", NOW));
  }

  @Test
  void hostile_output_arrives_whole() throws Exception {
    byte[] euro = "€".getBytes(UTF_8);
    spool.write(LogStream.STDOUT, euro, 2);
    write(spool, LogStream.STDOUT, new byte[] {euro[2], 0, (byte) 0xFF, '\n'});
    print(spool, "x".repeat(10 * 1024 * 1024) + "\nno end");
    spool.finish();

    List<String> lines = text(deliverAll(spool));

    assertThat(lines).hasSize(1 + 1280 + 1).startsWith("€\0\uFFFD").endsWith("no end");
    assertThat(lines.subList(1, 1281)).containsOnly("x".repeat(LineSplitter.MAX_BYTES));
  }

  @Test
  void what_comes_after_the_end_is_dropped() throws Exception {
    print(spool, "last\n");
    spool.finish();
    print(spool, "too late\n");

    assertThat(text(deliverAll(spool))).containsExactly("last");
  }

  @Test
  void notes_stand_on_lines_of_their_own() throws Exception {
    write(spool, LogStream.STDERR, "unfinished".getBytes(UTF_8));
    spool.note("first");
    spool.note("second");
    spool.finish();

    assertThat(text(deliverAll(spool)))
        .containsExactly("unfinished", "[minitower] first", "[minitower] second");
  }

  @Test
  void beyond_the_limit_the_middle_is_cut_and_the_place_says_how_much() throws Exception {
    int limit = 400_000;
    int count = 100_000;
    try (var small = LogSpool.create(folder.resolve("8"), () -> NOW, limit)) {
      LongStream.rangeClosed(1, count).forEach(i -> print(small, i + "\n"));
      assertThat(bytesIn("8")).isBetween(limit * 3L / 4, (long) limit);
      small.finish();

      List<String> lines = text(deliverAll(small));

      int mark = lines.indexOf(onlyMark(lines));
      long after = lines.size() - mark - 1L;
      assertThat(lines.subList(0, mark)).isEqualTo(numbers(1, mark));
      assertThat(lines.subList(mark + 1, lines.size()))
          .isEqualTo(numbers(count - after + 1, count));
      assertThat(lines.get(mark))
          .startsWith("[minitower] %,d lines (".formatted(count - mark - after))
          .contains("kB) were cut here", "MINITOWER_LOG_SPOOL_MAX_SIZE");
      assertThat((double) mark / after).isBetween(0.8, 1.6);
    }
  }

  @Test
  void sender_that_is_in_the_middle_of_it_misses_nothing_but_what_the_marks_say() throws Exception {
    try (var small = LogSpool.create(folder.resolve("8"), () -> NOW, 200_000);
        var batches = LogBatches.of(small)) {
      var lines = new java.util.ArrayList<String>();
      for (int i = 1; i <= 60_000; i++) {
        print(small, i + "\n");
        if (i % 5_000 == 0) {
          lines.addAll(text(batches.take()));
          batches.accepted();
        }
      }
      small.finish();
      for (var batch = batches.take(); !batch.isEmpty(); batch = batches.take()) {
        lines.addAll(text(batch));
        batches.accepted();
      }

      assertThat(lines.stream().filter(LogSpoolTest::isMark)).hasSizeGreaterThan(1);
      long expected = 1;
      for (String line : lines) {
        if (isMark(line)) {
          expected += Long.parseLong(line.split(" ", -1)[1].replace(",", ""));
        } else {
          assertThat(line).isEqualTo(Long.toString(expected));
          expected++;
        }
      }
      assertThat(expected).isEqualTo(60_001);
    }
  }

  @Test
  void disk_that_fails_for_a_while_costs_what_came_then_and_the_place_says_so() throws Exception {
    try (var small = LogSpool.create(folder.resolve("8"), () -> NOW, 160_000)) {
      Path obstacle = Files.createDirectory(small.folder().segment(2));
      for (int i = 1; i <= 10_000; i++) {
        print(small, i + "\n");
      }
      Files.delete(obstacle);
      await()
          .until(
              () -> {
                print(small, "again\n");
                return small.extentOf(2).bytes() > 0;
              });
      small.finish();

      List<String> lines = text(deliverAll(small));

      int mark = lines.indexOf(onlyMark(lines));
      assertThat(lines.subList(0, mark)).isEqualTo(numbers(1, mark));
      assertThat(lines.get(mark)).contains("the runner's disk was full or failed");
      assertThat(lines.subList(mark + 1, lines.size())).isNotEmpty().containsOnly("again");
    }
  }

  @Test
  void output_that_is_missing_at_the_very_end_is_told_too() throws Exception {
    try (var small = LogSpool.create(folder.resolve("8"), () -> NOW, 160_000)) {
      var unused = Files.createDirectory(small.folder().segment(2));
      for (int i = 1; i <= 10_000; i++) {
        print(small, i + "\n");
      }
      small.finish();

      List<String> lines = text(deliverAll(small));

      String mark = onlyMark(lines);
      assertThat(lines).endsWith(mark);
      assertThat(mark).startsWith("[minitower] %,d lines".formatted(10_001 - lines.size()));
    }
  }

  private long bytesIn(String name) throws IOException {
    try (var files = Files.list(folder.resolve(name))) {
      return files
          .filter(file -> file.toString().endsWith(".segment"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  private static boolean isMark(String line) {
    return line.startsWith("[minitower] ");
  }

  private static String onlyMark(List<String> lines) {
    List<String> marks = lines.stream().filter(LogSpoolTest::isMark).toList();
    assertThat(marks).hasSize(1);
    return marks.get(0);
  }

  private static List<String> numbers(long from, long to) {
    return LongStream.rangeClosed(from, to).mapToObj(Long::toString).toList();
  }

  private static List<LogLine> take(LogBatches batches) {
    try {
      return batches.take();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
