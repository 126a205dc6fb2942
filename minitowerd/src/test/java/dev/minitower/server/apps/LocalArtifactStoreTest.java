package dev.minitower.server.apps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minitower.model.api.ErrorCode;
import dev.minitower.model.identity.TokenHash;
import dev.minitower.server.TestClock;
import dev.minitower.server.apps.ArtifactStore.StoredArtifact;
import dev.minitower.server.platform.settings.Settings;
import dev.minitower.server.platform.settings.SettingsReader;
import dev.minitower.server.platform.web.ApiException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalArtifactStoreTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path folder;
  private final TestClock clock = new TestClock();
  private LocalArtifactStore store;

  @BeforeEach
  void open() throws IOException {
    Settings settings = SettingsReader.read(Map.of("MINITOWER_DATA_DIR", folder.toString())::get);
    store = new LocalArtifactStore(settings, clock);
  }

  private StoredArtifact store(String text) {
    return store.store(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void bytes_are_kept_under_their_hash_and_read_back() throws IOException {
    StoredArtifact stored = store("hello");

    assertThat(stored.sha256()).isEqualTo(TokenHash.of("hello").hex());
    assertThat(stored.size()).isEqualTo(5);
    assertThat(store.read(stored.sha256()).getContentAsString(UTF_8)).isEqualTo("hello");
    String sha = stored.sha256();
    assertThat(files())
        .containsExactly(
            folder
                .resolve("objects")
                .resolve(sha.substring(0, 2))
                .resolve(sha.substring(2, 4))
                .resolve(sha));
  }

  @Test
  void a_stream_that_breaks_leaves_nothing() throws IOException {
    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream(new byte[100_000]),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("the disk is broken");
              }

              @Override
              public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
              }
            });

    assertThatThrownBy(() -> store.store(broken))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    assertThat(files()).isEmpty();
  }

  @Test
  void an_artifact_that_is_missing_or_has_no_such_name_is_not_read() {
    String unknown = TokenHash.of("never stored").hex();

    assertThatThrownBy(() -> store.read(unknown)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.read("../../minitower.db"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void what_is_stored_again_is_young_again() {
    String sha = store("hello").sha256();
    clock.advance(DAY);
    Instant cutoff = clock.instant();
    assertThat(store.storedBefore(cutoff)).containsExactly(sha);

    store("hello");

    assertThat(store.storedBefore(cutoff)).isEmpty();
    assertThat(store.deleteIfStoredBefore(sha, cutoff)).isFalse();
    clock.advance(DAY);
    assertThat(store.deleteIfStoredBefore(sha, clock.instant())).isTrue();
    assertThat(store.deleteIfStoredBefore(sha, clock.instant())).isFalse();
  }

  @Test
  void what_a_killed_server_left_half_written_is_removed_once_it_is_old() throws IOException {
    Path part = Files.createTempFile(folder.resolve("objects/incoming"), "artifact", ".part");
    Instant written = Files.getLastModifiedTime(part).toInstant();

    assertThat(store.storedBefore(written.plus(DAY))).isEmpty();
    assertThat(store.deleteLeftovers(written)).isZero();
    assertThat(store.deleteLeftovers(written.plusSeconds(1))).isEqualTo(1);
    assertThat(files()).isEmpty();
  }
}
