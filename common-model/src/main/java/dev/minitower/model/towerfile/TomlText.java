package dev.minitower.model.towerfile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.tomlj.Toml;
import org.tomlj.TomlParseOptions;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;

/**
 * The step from text to tables, with bounds on the work. The parser's time grows with the cube of
 * the number of blank and comment lines that follow each other (4 KiB of newlines take minutes) and
 * with the square of the number of lines, so both are counted before it sees the text; within these
 * bounds the worst input known takes a second.
 */
final class TomlText {
  private static final int MAX_LINES = 5_000;
  private static final int MAX_QUIET_LINES = 200;
  private static final int MAX_DEPTH = 32;

  private TomlText() {}

  /** The tables; notes every error of the syntax and throws if there is one. */
  static TomlParseResult parse(String toml, Problems problems) {
    checkSize(toml, problems);
    problems.throwIfAny();
    TomlParseResult result =
        Toml.parse(toml, TomlParseOptions.sourceless().withMaxNestingDepth(MAX_DEPTH));
    result
        .errors()
        .forEach(
            error ->
                problems.error(
                    Towerfile.FILE_NAME, String.valueOf(error.getMessage()), error.position()));
    problems.throwIfAny();
    return result;
  }

  private static void checkSize(String toml, Problems problems) {
    if (toml.length() > Towerfile.MAX_BYTES || toml.getBytes(UTF_8).length > Towerfile.MAX_BYTES) {
      problems.error(
          Towerfile.FILE_NAME,
          "must be at most %d KiB".formatted(Towerfile.MAX_BYTES / 1024),
          null);
      return;
    }
    List<String> lines = toml.lines().limit(MAX_LINES + 1L).toList();
    if (lines.size() > MAX_LINES) {
      problems.error(Towerfile.FILE_NAME, "must have at most %d lines".formatted(MAX_LINES), null);
      return;
    }
    int quiet = 0;
    for (int i = 0; i < lines.size() && quiet <= MAX_QUIET_LINES; i++) {
      quiet = isQuiet(lines.get(i)) ? quiet + 1 : 0;
      if (quiet > MAX_QUIET_LINES) {
        problems.error(
            Towerfile.FILE_NAME,
            "must have at most %d blank or comment lines in a row".formatted(MAX_QUIET_LINES),
            TomlPosition.positionAt(i + 1, 1));
      }
    }
  }

  private static boolean isQuiet(String line) {
    String text = line.strip();
    return text.isEmpty() || text.startsWith("#");
  }
}
