package dev.minitower.runner.execution;

import dev.minitower.runner.files.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folders of one execution, closed to other users.
 *
 * @param project where the program's files are; its working directory
 * @param scratch everything else: home, temporary files, packages
 */
public record Workspace(Path project, Path scratch) {

  /** Makes the folders anew under {@code root}; whatever was there before is removed. */
  public static Workspace create(Path root) throws IOException {
    delete(root);
    var workspace = new Workspace(root.resolve("project"), root);
    makePrivate(root);
    makePrivate(workspace.project());
    return workspace.prepared();
  }

  /** Runs a project where it lies and keeps only the scratch folders apart. */
  public static Workspace around(Path project, Path scratch) throws IOException {
    makePrivate(scratch);
    return new Workspace(project, scratch).prepared();
  }

  /** Removes a folder with all in it, also what a program has closed to itself; follows no link. */
  public static void delete(Path root) throws IOException {
    FileTrees.delete(root);
  }

  Path home() {
    return scratch.resolve("home");
  }

  Path temporary() {
    return scratch.resolve("tmp");
  }

  Path virtualEnvironment() {
    return scratch.resolve("venv");
  }

  private Workspace prepared() throws IOException {
    makePrivate(home());
    makePrivate(temporary());
    return this;
  }

  private static void makePrivate(Path folder) throws IOException {
    var ownerOnly = PosixFilePermissions.fromString("rwx------");
    var unused = Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(ownerOnly));
  }
}
