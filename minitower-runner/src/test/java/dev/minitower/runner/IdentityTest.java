package dev.minitower.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {
  @TempDir Path folder;

  @Test
  void identity_is_made_once_and_kept() throws IOException {
    Path file = folder.resolve("instance-id");

    String made = Identity.readOrMake(file);

    assertThat(made).matches("[0-9a-f]{32}");
    assertThat(Identity.readOrMake(file)).isEqualTo(made);
    assertThat(Identity.readOrMake(folder.resolve("other"))).isNotEqualTo(made);
  }

  @Test
  void damaged_identity_is_made_anew() throws IOException {
    Path file = Files.writeString(folder.resolve("instance-id"), "");

    assertThat(Identity.readOrMake(file)).matches("[0-9a-f]{32}");
  }

  @Test
  void data_folder_has_one_user_at_a_time() throws IOException {
    try (DataFolder first = DataFolder.open(folder)) {
      assertThat(first.path()).isDirectory();
      assertThatThrownBy(() -> DataFolder.open(folder))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another runner uses");
    }

    DataFolder.open(folder).close();
  }
}
