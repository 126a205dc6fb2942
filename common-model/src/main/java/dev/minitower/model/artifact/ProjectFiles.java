package dev.minitower.model.artifact;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.minitower.model.towerfile.Towerfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Chooses the files of a project that its Towerfile asks for. */
final class ProjectFiles {
  private final Path root;
  private final List<Glob> globs;
  private final IgnoreRules ignored;
  private final List<ProjectFile> chosen = new ArrayList<>();
  private final Set<Glob> matched = new HashSet<>();

  private ProjectFiles(Path root, List<Glob> globs, IgnoreRules ignored) {
    this.root = root;
    this.globs = globs;
    this.ignored = ignored;
  }

  /**
   * The files, sorted by name, the Towerfile among them.
   *
   * @throws PackagingException if one of them can't be packed, or one that must be there is not
   */
  static List<ProjectFile> choose(Path root, Towerfile towerfile) {
    Stream<String> source =
        towerfile.source().isEmpty() ? Stream.of("**") : towerfile.source().stream();
    var files = new ProjectFiles(root, source.map(Glob::of).toList(), ignoreRules(root));
    files.addTowerfile();
    files.walk(root, List.of());
    files.checkLiterals();
    files.checkTree(towerfile.script());
    files.chosen.sort(Comparator.comparing(ProjectFile::path));
    return files.chosen;
  }

  private void addTowerfile() {
    Path file = root.resolve(Towerfile.FILE_NAME);
    if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
      throw new PackagingException("There is no file 'Towerfile' in " + root + ".");
    }
    choose(file, Towerfile.FILE_NAME);
  }

  private void walk(Path folder, List<String> path) {
    for (Path child : children(folder)) {
      String name = String.valueOf(child.getFileName());
      List<String> childPath = Stream.concat(path.stream(), Stream.of(name)).toList();
      boolean isFolder = Files.isDirectory(child, NOFOLLOW_LINKS);
      if (ignored.ignores(childPath, isFolder)) {
        continue;
      }
      if (!isFolder) {
        consider(child, childPath);
      } else if (globs.stream().anyMatch(glob -> glob.mayEnter(name))) {
        walk(child, childPath);
      }
    }
  }

  private static List<Path> children(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList();
    } catch (UncheckedIOException e) {
      throw unreadable(folder, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private void consider(Path file, List<String> path) {
    List<Glob> matching = globs.stream().filter(glob -> glob.matches(path)).toList();
    matched.addAll(matching);
    String name = String.join("/", path);
    if (!matching.isEmpty() && !name.equals(Towerfile.FILE_NAME)) {
      choose(file, name);
    }
  }

  private void choose(Path file, String name) {
    try {
      String unused = EntryNames.path(name);
      PosixFileAttributes attributes =
          Files.readAttributes(file, PosixFileAttributes.class, NOFOLLOW_LINKS);
      if (attributes.isSymbolicLink()) {
        String target = Files.readSymbolicLink(file).toString();
        EntryNames.checkLink(name, target);
        chosen.add(new ProjectFile(name, file, 0, false, target));
      } else if (attributes.isRegularFile()) {
        boolean executable = attributes.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
        chosen.add(new ProjectFile(name, file, attributes.size(), executable, null));
      } else {
        throw new IllegalArgumentException("is neither a file nor a folder nor a link");
      }
    } catch (IllegalArgumentException e) {
      throw new PackagingException(
          EntryNames.quoted(name) + " can't be packed: it " + e.getMessage() + ".", e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** A pattern without wildcards names something that somebody expects to be there. */
  private void checkLiterals() {
    for (Glob glob : globs) {
      if (glob.isLiteral() && !matched.contains(glob) && !isTowerfile(glob)) {
        throw new PackagingException(
            "The Towerfile's source %s matches no file that is packed; see also %s."
                .formatted(EntryNames.quoted(glob.text()), IgnoreRules.FILE_NAME));
      }
    }
  }

  private static boolean isTowerfile(Glob glob) {
    return glob.matches(List.of(Towerfile.FILE_NAME));
  }

  /** The archive must pass the check that the server will make. */
  private void checkTree(String script) {
    var tree = new EntryTree(ArtifactLimits.DEFAULT.maxEntries());
    try {
      for (ProjectFile file : chosen) {
        if (file.linkTarget() == null) {
          tree.addFile(file.path());
        } else {
          tree.addLink(file.path(), file.linkTarget());
        }
      }
    } catch (InvalidArtifactException e) {
      throw new PackagingException(String.valueOf(e.getMessage()), e);
    }
    if (!tree.isFile(script)) {
      String reason =
          Files.isRegularFile(root.resolve(script))
              ? "is left out by the Towerfile's source or by " + IgnoreRules.FILE_NAME
              : "does not exist";
      throw new PackagingException(
          "The script %s %s.".formatted(EntryNames.quoted(script), reason));
    }
  }

  private static IgnoreRules ignoreRules(Path root) {
    Path file = root.resolve(IgnoreRules.FILE_NAME);
    try {
      return IgnoreRules.parse(Files.exists(file) ? Files.readString(file) : "");
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static PackagingException unreadable(Path file, IOException e) {
    return new PackagingException("Can't read %s: %s.".formatted(file, reason(e)), e);
  }

  /** What went wrong, in words: the messages of these exceptions are only the file's name. */
  static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    } else if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    return e instanceof CharacterCodingException
        ? "it is not UTF-8"
        : String.valueOf(e.getMessage());
  }
}
