package dev.minitower.runner.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.model.api.Outcome;
import dev.minitower.model.api.ResultRequest;
import dev.minitower.model.identity.TokenKind;
import dev.minitower.runner.client.LeaseKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptStoreTest {
  private final String token = TokenKind.LEASE.generate();

  @TempDir Path folder;
  private AttemptStore store;

  @BeforeEach
  void open() {
    store = new AttemptStore(folder);
  }

  @Test
  void record_that_a_crash_left_half_written_is_removed_and_the_one_before_counts()
      throws Exception {
    store.save(AttemptRecord.asked(token));
    Path record = folder.resolve(folder.toFile().list()[0]);
    Files.writeString(record.resolveSibling(record.getFileName() + ".new"), "{\"lease_tok");

    assertThat(store.readAll()).containsExactly(AttemptRecord.asked(token));

    assertThat(folder)
        .isDirectoryContaining(record::equals)
        .isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void interrupted_thread_keeps_its_record_and_stays_interrupted() throws Exception {
    Thread.currentThread().interrupt();

    store.save(AttemptRecord.asked(token));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(store.readAll()).containsExactly(AttemptRecord.asked(token));
  }

  @Test
  void record_is_read_back_in_its_last_phase() throws Exception {
    var started = AttemptRecord.started(new LeaseKey(42, token), 7, Duration.ofSeconds(45));
    var finished =
        started.finished(new ResultRequest(Outcome.FAILED, 3, "exited with code 3", null));

    store.save(AttemptRecord.asked(token));
    store.save(started);
    store.save(finished);

    assertThat(new AttemptStore(folder).readAll()).containsExactly(finished);
  }

  @Test
  void record_of_an_older_version_is_read_without_what_it_does_not_tell() throws Exception {
    Files.writeString(
        folder.resolve("old.json"),
        "{\"lease_token\":\"mtl_x\",\"phase\":\"STARTED\",\"run_id\":42}");

    assertThat(store.readAll())
        .containsExactly(
            new AttemptRecord("mtl_x", AttemptRecord.Phase.STARTED, 42L, null, null, null));
  }

  @Test
  void removed_record_is_gone_and_removing_again_is_harmless() throws Exception {
    store.save(AttemptRecord.asked(token));

    store.remove(token);
    store.remove(token);

    assertThat(store.readAll()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void only_the_owner_may_read_it_and_the_name_does_not_tell_the_token() throws Exception {
    store.save(AttemptRecord.asked(token));

    Path file = onlyFile();
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    assertThat(file.getFileName().toString()).doesNotContain(token.substring(4));
  }

  @Test
  void damaged_file_is_set_aside_and_the_others_are_read() throws Exception {
    store.save(AttemptRecord.asked(token));
    Files.writeString(folder.resolve("torn.json"), "{\"lease_token\":\"mtl_");

    assertThat(store.readAll()).containsExactly(AttemptRecord.asked(token));
    assertThat(folder.resolve("torn.json.damaged")).exists();
  }

  @Test
  void record_does_not_show_its_token() {
    assertThat(AttemptRecord.started(new LeaseKey(42, token), 7, Duration.ofSeconds(45)))
        .hasToString("phase=STARTED run=42");
  }

  private Path onlyFile() throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList().get(0);
    }
  }
}
