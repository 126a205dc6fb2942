package dev.minitower.runner.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.runner.cache.Cache;
import dev.minitower.runner.client.LeaseKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerFoldersTest {
  @TempDir Path base;

  @Test
  void start_keeps_output_that_a_record_names_and_removes_all_else() throws Exception {
    Cache cache = Cache.open(base.resolve("cache"), 1_000_000);
    RunnerFolders folders = RunnerFolders.prepare(base, cache);
    new AttemptStore(folders.leases())
        .save(AttemptRecord.started(new LeaseKey(1, "mtl_x"), 7, Duration.ofSeconds(45)));
    Files.createDirectories(folders.spoolOf(7));
    Files.writeString(Files.createDirectories(folders.spoolOf(8)).resolve("00000001.segment"), "x");
    Files.writeString(folders.spool().resolve("9.spool"), "of an older version");
    Files.createDirectories(folders.work().resolve("7"));

    RunnerFolders again = RunnerFolders.prepare(base, cache);

    assertThat(again.spool()).isDirectoryContaining(path -> path.equals(folders.spoolOf(7)));
    assertThat(folders.spoolOf(8)).doesNotExist();
    assertThat(folders.spool().resolve("9.spool")).doesNotExist();
    assertThat(again.work()).isEmptyDirectory();
    cache.close();
  }
}
