package dev.minitower.runner.execution;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

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
    if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      Files.walkFileTree(root, new Remover());
    }
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

  private static final class Remover extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      if (!Files.isReadable(folder) || !Files.isWritable(folder) || !Files.isExecutable(folder)) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
      Files.walkFileTree(file, new Remover());
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
        throws IOException {
      if (e != null) {
        throw e;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
