package dev.minitower.model.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.minitower.model.towerfile.ProjectPaths;
import java.util.List;

/**
 * The rules for names in an archive, the same for those that are read and those that are written.
 */
final class EntryNames {
  /** Half of what Linux takes, which leaves room for the folder that it is unpacked to. */
  private static final int MAX_PATH_BYTES = 2_048;

  /** What file systems take. */
  private static final int MAX_SEGMENT_BYTES = 255;

  private static final int MAX_QUOTED = 200;

  private EntryNames() {}

  /**
   * The path without {@code ./} and trailing {@code /}; empty for the root.
   *
   * @throws IllegalArgumentException if it may not be in an archive; the message goes on where the
   *     name left off
   */
  static String path(String name) {
    checkText(name);
    String path = ProjectPaths.normalise(name);
    for (String segment : ProjectPaths.segments(path)) {
      if (segment.getBytes(UTF_8).length > MAX_SEGMENT_BYTES) {
        throw new IllegalArgumentException(
            "must not hold a name of more than %d bytes".formatted(MAX_SEGMENT_BYTES));
      }
    }
    return path;
  }

  /**
   * Checks that a symbolic link stays inside the root. Its target may climb only at its beginning,
   * and never above the root: the folders that a link lies in are real ones, so this first climb is
   * exact, and from there it goes only down, at worst through other links of which the same is
   * true. So no chain of links can leave the root either.
   *
   * @throws IllegalArgumentException if it could; the message goes on where the name left off
   */
  static void checkLink(String path, String target) {
    if (target.isEmpty() || target.startsWith("/")) {
      throw new IllegalArgumentException("is a link whose target is empty or absolute");
    }
    checkText(target);
    List<String> segments = ProjectPaths.segments(target);
    int climbs = 0;
    while (climbs < segments.size() && segments.get(climbs).equals("..")) {
      climbs++;
    }
    if (climbs >= ProjectPaths.segments(path).size()) {
      throw new IllegalArgumentException("is a link that leaves the project");
    }
    List<String> descent = segments.subList(climbs, segments.size());
    if (descent.contains("..")) {
      throw new IllegalArgumentException("is a link with '..' after its first folder");
    }
    if (!descent.isEmpty()) {
      String unused = ProjectPaths.normalise(String.join("/", descent));
    }
  }

  private static void checkText(String name) {
    if (name.getBytes(UTF_8).length > MAX_PATH_BYTES) {
      throw new IllegalArgumentException(
          "must not be longer than %d bytes".formatted(MAX_PATH_BYTES));
    }
    if (name.indexOf('\uFFFD') >= 0) {
      throw new IllegalArgumentException("must be UTF-8");
    }
  }

  /** A name for a message: on one line, of bounded length, with nothing that steers a terminal. */
  static String quoted(String name) {
    StringBuilder quoted = new StringBuilder("'");
    name.codePoints()
        .limit(MAX_QUOTED)
        .forEach(c -> quoted.appendCodePoint(isPrintable(c) ? c : '?'));
    return quoted.append(name.length() > MAX_QUOTED ? "…'" : "'").toString();
  }

  private static boolean isPrintable(int codePoint) {
    int type = Character.getType(codePoint);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }
}
