package dev.minitower.runner.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
  @TempDir Path folder;

  @Test
  void folders_are_there_empty_and_closed_to_others() throws IOException {
    Path root = Files.createDirectories(folder.resolve("work/1"));
    Files.writeString(root.resolve("from-before"), "x");

    Workspace workspace = Workspace.create(root);

    assertThat(root.resolve("from-before")).doesNotExist();
    for (Path path :
        new Path[] {root, workspace.project(), workspace.home(), workspace.temporary()}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rwx------");
    }
    assertThat(workspace.project()).isEmptyDirectory();
  }

  @Test
  void deleting_follows_no_link_and_opens_what_a_program_has_closed() throws IOException {
    Path outside =
        Files.writeString(Files.createDirectory(folder.resolve("out")).resolve("f"), "x");
    Path root = Files.createDirectories(folder.resolve("root"));
    Files.createSymbolicLink(root.resolve("link"), outside.getParent());
    Files.createSymbolicLink(root.resolve("dangling"), Path.of("/no/such/file"));
    Path closed = Files.createDirectories(root.resolve("closed/inner"));
    Files.writeString(closed.resolve("f"), "x");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(closed.getParent(), PosixFilePermissions.fromString("---------"));

    Workspace.delete(root);

    assertThat(root).doesNotExist();
    assertThat(outside).exists();
  }

  @Test
  void deleting_what_is_not_there_is_done_already() throws IOException {
    Workspace.delete(folder.resolve("nothing"));

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void project_can_be_run_where_it_lies() throws IOException {
    Path project = Files.createDirectories(folder.resolve("project"));

    Workspace workspace = Workspace.around(project, folder.resolve("scratch"));

    assertThat(workspace.project()).isEqualTo(project);
    assertThat(workspace.home()).isDirectory().startsWith(folder.resolve("scratch"));
    assertThat(project).isEmptyDirectory();
  }
}
