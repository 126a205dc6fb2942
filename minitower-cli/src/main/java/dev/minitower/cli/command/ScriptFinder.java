package dev.minitower.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Guesses which file of a folder is its program, as somebody who opens the folder would. */
final class ScriptFinder {
  private static final List<String> PYTHON_NAMES =
      List.of("main.py", "app.py", "run.py", "__main__.py", "src/main.py", "src/app.py");
  private static final List<String> SHELL_NAMES = List.of("run.sh", "main.sh", "start.sh");
  private static final Pattern MAIN =
      Pattern.compile("^if\\s+__name__\\s*==\\s*['\"]__main__['\"]", Pattern.MULTILINE);

  /** A script is shorter, and what is longer isn't read to find out. */
  private static final long MAX_BYTES = 1024 * 1024;

  private final Path root;

  ScriptFinder(Path root) {
    this.root = root;
  }

  /** A path inside the folder; empty if no file stands out. */
  Optional<String> find() {
    return named(PYTHON_NAMES)
        .or(() -> named(List.of(root.toAbsolutePath().normalize().getFileName() + ".py")))
        .or(this::onlyMain)
        .or(() -> named(SHELL_NAMES))
        .or(() -> only(ending(".py")))
        .or(() -> only(ending(".sh")));
  }

  private Optional<String> named(List<String> names) {
    return names.stream().filter(name -> Files.isRegularFile(root.resolve(name))).findFirst();
  }

  private Optional<String> onlyMain() {
    return only(ending(".py").stream().filter(this::hasMain).toList());
  }

  private static Optional<String> only(List<String> names) {
    return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
  }

  private List<String> ending(String suffix) {
    try (Stream<Path> files = Files.list(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(suffix) && !name.startsWith("."))
          .filter(name -> !name.equals("setup.py"))
          .sorted()
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private boolean hasMain(String name) {
    Path file = root.resolve(name);
    try {
      return Files.size(file) <= MAX_BYTES && MAIN.matcher(Files.readString(file)).find();
    } catch (MalformedInputException notText) {
      return false;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
