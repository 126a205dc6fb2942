package dev.minitower.runner.logs;

import static dev.minitower.runner.logs.Spooling.print;
import static dev.minitower.runner.logs.Spooling.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A spool on a disk that is really full: a file system of one MiB. */
class FullDiskTest {
  @TempDir Path disk;

  @BeforeEach
  void mount() throws Exception {
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()),
        "skipped: a small file system can only be mounted by root");
  }

  @AfterEach
  void unmount() throws Exception {
    var unused = run("umount", "--lazy", disk.toString());
  }

  @Test
  void delivering_makes_room_and_the_log_goes_on_behind_a_mark() throws Exception {
    var lines = new ArrayList<String>();
    try (var spool = LogSpool.create(disk.resolve("7"), InstantSource.system(), 64_000_000);
        var batches = LogBatches.of(spool)) {
      IntStream.rangeClosed(1, 100_000).forEach(i -> print(spool, i + "\n"));
      while (spool.extentOf(1).bytes() > 0) {
        lines.addAll(text(batches.take()));
        batches.accepted();
      }
      await()
          .until(
              () -> {
                spool.note("again");
                return spool.extentOf(2).bytes() > 0;
              });
      lines.addAll(text(batches.take()));
    }

    int mark =
        lines.indexOf(lines.stream().filter(l -> l.startsWith("[minitower]")).findFirst().get());
    assertThat(mark).isGreaterThan(10_000);
    assertThat(lines.subList(0, mark))
        .isEqualTo(IntStream.rangeClosed(1, mark).mapToObj(Integer::toString).toList());
    assertThat(lines.get(mark)).contains(" lines (", "the runner's disk was full or failed");
    assertThat(lines.subList(mark + 1, lines.size()))
        .isNotEmpty()
        .containsOnly("[minitower] again");
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    var quiet = ProcessBuilder.Redirect.DISCARD;
    return new ProcessBuilder(command).redirectError(quiet).redirectOutput(quiet).start().waitFor()
        == 0;
  }
}
