package dev.minitower.server.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
  @TempDir Path folder;

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void a_new_folder_and_its_new_parents_are_private() throws IOException {
    PrivateFiles.createFolder(folder.resolve("a/b"));

    assertThat(mode(folder.resolve("a"))).isEqualTo("rwx------");
    assertThat(mode(folder.resolve("a/b"))).isEqualTo("rwx------");
  }

  @Test
  void a_folder_that_is_there_keeps_its_mode() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));

    PrivateFiles.createFolder(folder);

    assertThat(mode(folder)).isEqualTo("rwxr-x---");
  }

  @Test
  void a_file_is_private_even_if_an_older_one_was_not() throws IOException {
    Path file = folder.resolve("token");
    Files.writeString(file, "older");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    Files.writeString(folder.resolve("token.new"), "left by a crash");

    PrivateFiles.write(file, "newer");

    assertThat(file).hasContent("newer");
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }
}
