package dev.minitower.model.towerfile;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Paths inside a project, as Towerfiles and archives write them: relative and with {@code /}. */
public final class ProjectPaths {
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

  private ProjectPaths() {}

  /**
   * The path without {@code .} segments and doubled or trailing slashes; empty for the root itself.
   *
   * @throws IllegalArgumentException if it is empty or could be a place outside the project; the
   *     message goes on where a name left off: {@code must …}
   */
  public static String normalise(String path) {
    if (path.isEmpty()) {
      throw new IllegalArgumentException("must not be empty");
    }
    if (path.startsWith("/") || DRIVE.matcher(path).matches()) {
      throw new IllegalArgumentException("must be relative to the project's root");
    }
    if (path.indexOf('\\') >= 0 || path.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("must not hold '\\' or NUL; folders are parted by '/'");
    }
    List<String> segments = segments(path);
    if (segments.contains("..")) {
      throw new IllegalArgumentException("must not hold '..'");
    }
    return String.join("/", segments);
  }

  /** The names between the slashes, those that mean something. */
  public static List<String> segments(String path) {
    return Stream.of(path.split("/", -1)).filter(s -> !s.isEmpty() && !s.equals(".")).toList();
  }
}
