package dev.minitower.runner;

import static dev.minitower.runner.Stage.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.minitower.model.api.Outcome;
import dev.minitower.model.api.RunnerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that has no room left is nobody's failure but the machine's. */
class FullDiskTest {
  private static final int MIB = 1024 * 1024;
  private static final int DISK_MIB = 24;

  @TempDir Path folder;
  private Path disk;
  private Stage stage;

  @BeforeEach
  void mountSmallDisk() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + DISK_MIB + "m", "tmpfs", disk.toString()),
        "a small disk can't be mounted, that takes root");
    stage = new Stage(folder);
  }

  @AfterEach
  void unmount() throws Exception {
    if (stage != null) {
      stage.end();
      stage.assertNobodyOutlivedItsLease();
      assertThat(run("umount", "--lazy", disk.toString())).isTrue();
    }
  }

  @Test
  void runner_takes_nothing_while_there_is_too_little_room_and_says_so() throws Exception {
    Path filling = fill(DISK_MIB / 2);
    FakeRun run = stage.queue("hold('main')");

    var unused = start(DISK_MIB * 3 / 4 + "MiB");
    await().atMost(PATIENCE).until(() -> !stage.server.states().isEmpty());
    assertThat(stage.server.states().get(0).state()).isEqualTo(RunnerState.PAUSED);
    assertThat(stage.server.states().get(0).reason()).contains("MINITOWER_MIN_FREE_SPACE");
    assertThat(stage.server.tenures(run.id)).isEmpty();
    Files.delete(filling);

    stage.awaitResult(run);
    assertThat(stage.server.states().get(1).state()).isEqualTo(RunnerState.WORKING);
  }

  @Test
  void run_that_finds_no_room_is_handed_back_and_the_next_one_is_done_when_there_is()
      throws Exception {
    var unused = start("0");
    stage.assertRunnerGoesOn();
    Path filling = fill(DISK_MIB);
    FakeRun run = stage.queue("hold('main')");

    await()
        .atMost(PATIENCE)
        .until(() -> !run.releases.isEmpty() || stage.runner().log().contains("no leasing"));
    assertThat(run.results).isEmpty();
    Files.delete(filling);

    stage.assertRunnerGoesOn();
    assertThat(stage.witness.lives(run)).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void program_whose_output_finds_no_room_goes_on_and_the_log_says_what_is_missing()
      throws Exception {
    var unused = start("0");
    stage.assertRunnerGoesOn();
    stage.server.fault("logs", 1_000, ScriptedControlPlane.reset());
    Path told = folder.resolve("told");
    FakeRun run =
        stage.queue(
            """
            hold('main')
            for i in range(40 * 512):
                os.write(1, os.urandom(1000).hex().encode() + b'\\n')
            hold('printed')
            while not os.path.exists('%s'):
                time.sleep(0.02)
            print('end')
            """
                .formatted(told));

    stage.awaitAlive(run, "main", "printed");
    stage.server.healed("logs");
    await().atMost(PATIENCE).until(() -> stage.server.lines(run).size() > 6_000);
    Files.createFile(told);
    stage.awaitResult(run);

    assertThat(run.results).extracting(r -> r.status()).containsExactly(Outcome.COMPLETED);
    assertThat(stage.server.lines(run))
        .endsWith("end")
        .anyMatch(line -> line.startsWith("[minitower] ") && line.contains("disk"));
  }

  @Test
  void program_that_fills_the_disk_itself_is_over_and_the_next_one_has_room() throws Exception {
    var unused = start("0");
    FakeRun run =
        stage.queue(
            """
            hold('main')
            with open('big', 'wb') as big:
                while True:
                    big.write(bytes(1 << 20))
            """);

    await().atMost(PATIENCE).until(() -> !run.results.isEmpty() || !run.releases.isEmpty());

    assertThat(run.results).allMatch(result -> result.status() == Outcome.FAILED);
    stage.assertRunnerGoesOn();
  }

  private RunnerProcess start(String minFreeSpace) throws Exception {
    return stage.start(
        Map.of(
            "MINITOWER_DATA_DIR",
            disk.resolve("data").toString(),
            "MINITOWER_MIN_FREE_SPACE",
            minFreeSpace,
            "MINITOWER_CACHE_MAX_SIZE",
            "0"));
  }

  /** As far as there is room. */
  private Path fill(int mebibytes) throws IOException {
    Path file = disk.resolve("filling");
    try (var output = Files.newOutputStream(file)) {
      byte[] page = new byte[4096];
      for (long left = (long) mebibytes * MIB; left > 0; left -= page.length) {
        output.write(page);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
    return file;
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
