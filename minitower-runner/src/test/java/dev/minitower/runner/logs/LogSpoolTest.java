package dev.minitower.runner.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minitower.model.api.LogLine;
import dev.minitower.model.api.LogStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSpoolTest {
  private static final Instant NOW = Instant.parse("2026-02-08T12:34:56.789Z");

  @TempDir Path folder;
  private LogSpool spool;

  @BeforeEach
  void open() throws IOException {
    spool = LogSpool.create(folder.resolve("spool"), () -> NOW, 100_000_000);
  }

  @AfterEach
  void close() throws IOException {
    spool.close();
  }

  @Test
  void lines_come_out_numbered_from_one_as_they_went_in() throws Exception {
    spool.append(LogStream.STDOUT, "out €");
    spool.append(LogStream.STDERR, "");
    spool.finish();

    assertThat(spool.take())
        .containsExactly(
            new LogLine(1L, LogStream.STDOUT, "out €", NOW),
            new LogLine(2L, LogStream.STDERR, "", NOW));
    assertThat(spool.take()).isEmpty();
  }

  @Test
  void nothing_is_lost_or_reordered_when_the_sender_is_far_behind() throws Exception {
    int count = 250_000;
    for (int i = 1; i <= count; i++) {
      spool.append(LogStream.STDOUT, "line " + i);
    }
    spool.finish();

    List<LogLine> all = takeAll();

    assertThat(all).hasSize(count);
    for (int i = 1; i <= count; i++) {
      assertThat(all.get(i - 1))
          .isEqualTo(new LogLine((long) i, LogStream.STDOUT, "line " + i, NOW));
    }
  }

  @Test
  void batches_keep_to_the_number_and_size_that_a_server_takes() throws Exception {
    for (int i = 0; i < 3_000; i++) {
      spool.append(LogStream.STDOUT, "x".repeat(i % 3 == 0 ? LineSplitter.MAX_BYTES : 5));
    }
    spool.finish();

    for (List<LogLine> batch = spool.take(); !batch.isEmpty(); batch = spool.take()) {
      assertThat(batch).hasSizeLessThanOrEqualTo(1_000);
      assertThat(batch.stream().mapToLong(line -> line.line().length()).sum())
          .isLessThanOrEqualTo(1024 * 1024);
    }
  }

  @Test
  void sender_sleeps_until_a_line_comes() throws Exception {
    CompletableFuture<List<LogLine>> taken = CompletableFuture.supplyAsync(this::takeUnchecked);
    assertThat(taken).isNotDone();

    spool.append(LogStream.STDOUT, "late");

    await().until(taken::isDone);
    assertThat(taken.join()).extracting(LogLine::line).containsExactly("late");
  }

  @Test
  void what_waits_beyond_the_limit_is_left_out_and_the_place_is_marked() throws Exception {
    try (var small = LogSpool.create(folder.resolve("small"), () -> NOW, 2_000)) {
      for (int i = 1; i <= 500; i++) {
        small.append(LogStream.STDOUT, "line " + i);
      }
      List<LogLine> first = small.take();
      small.append(LogStream.STDOUT, "after");
      small.finish();
      List<LogLine> second = small.take();

      int kept = first.size();
      assertThat(first.get(kept - 1).line()).isEqualTo("line " + kept);
      assertThat(second)
          .extracting(LogLine::line)
          .satisfiesExactly(
              marker -> assertThat(marker).contains((500 - kept) + " lines were left out here"),
              after -> assertThat(after).isEqualTo("after"));
      assertThat(second.get(0).seq()).isEqualTo(kept + 1L);
    }
  }

  @Test
  void lines_left_out_at_the_very_end_are_marked_too() throws Exception {
    try (var small = LogSpool.create(folder.resolve("small"), () -> NOW, 200)) {
      for (int i = 1; i <= 100; i++) {
        small.append(LogStream.STDOUT, "line " + i);
      }
      small.finish();

      List<LogLine> all = small.take();

      assertThat(all.get(all.size() - 1).line())
          .contains((100 - (all.size() - 1)) + " lines were left out here");
    }
  }

  @Test
  void spool_that_can_not_be_written_costs_lines_but_never_fails_the_workload() throws Exception {
    spool.close();
    for (int i = 1; i <= 100_000; i++) {
      spool.append(LogStream.STDOUT, "line " + i);
    }
    spool.finish();

    List<LogLine> all = takeAll();

    int kept = all.size() - 1;
    assertThat(kept).isBetween(1_000, 99_999);
    assertThat(all.get(kept).line()).contains((100_000 - kept) + " lines were left out here");
  }

  private List<LogLine> takeAll() throws IOException, InterruptedException {
    var all = new ArrayList<LogLine>();
    for (List<LogLine> batch = spool.take(); !batch.isEmpty(); batch = spool.take()) {
      all.addAll(batch);
    }
    return all;
  }

  private List<LogLine> takeUnchecked() {
    try {
      return spool.take();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
