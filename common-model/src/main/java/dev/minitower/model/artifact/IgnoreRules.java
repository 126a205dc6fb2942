package dev.minitower.model.artifact;

import dev.minitower.model.artifact.Wildcards.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The lines of {@code .minitowerignore}, with the meaning that git gives to those of {@code
 * .gitignore}: the last line that matches decides; {@code !} takes back; a slash before the end
 * ties a pattern to the root; one at the end means folders only. Nothing below an ignored folder
 * can be taken back. Sets have ranges, but not git's {@code [:alpha:]}.
 */
final class IgnoreRules {
  static final String FILE_NAME = ".minitowerignore";

  /** One line; {@code negated} takes back what earlier ones ignore. */
  private record Rule(List<Step<String>> steps, boolean negated, boolean foldersOnly) {}

  private final List<Rule> rules;

  private IgnoreRules(List<Rule> rules) {
    this.rules = rules;
  }

  static IgnoreRules parse(String text) {
    return new IgnoreRules(text.lines().flatMap(line -> rule(line).stream()).toList());
  }

  /** Whether a path is ignored, given that no folder above it is. */
  boolean ignores(List<String> path, boolean folder) {
    boolean ignored = false;
    for (Rule rule : rules) {
      boolean undecided = ignored == rule.negated();
      if (undecided && (folder || !rule.foldersOnly()) && Wildcards.matches(rule.steps(), path)) {
        ignored = !rule.negated();
      }
    }
    return ignored;
  }

  private static Optional<Rule> rule(String line) {
    String text = withoutTrailingSpaces(line);
    if (text.startsWith("#")) {
      return Optional.empty();
    }
    boolean negated = text.startsWith("!");
    String pattern = negated ? text.substring(1) : text;
    boolean foldersOnly = pattern.endsWith("/");
    String body = foldersOnly ? pattern.substring(0, pattern.length() - 1) : pattern;
    List<String> segments = Stream.of(body.split("/")).filter(s -> !s.isEmpty()).toList();
    return segments.isEmpty()
        ? Optional.empty()
        : Optional.of(new Rule(steps(segments, body.contains("/")), negated, foldersOnly));
  }

  private static List<Step<String>> steps(List<String> segments, boolean anchored) {
    List<Step<String>> steps = new ArrayList<>();
    if (!anchored) {
      steps.add(Step.many(any -> true));
    }
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      boolean crosses = segment.equals("**");
      if (crosses && i == segments.size() - 1) {
        // What lies below a folder, not the folder itself.
        steps.add(Step.one(any -> true));
      }
      steps.add(crosses ? Step.many(any -> true) : Step.one(Wildcards.name(segment, true)));
    }
    return steps;
  }

  /** Spaces at the end mean nothing, unless a backslash says that the first of them is meant. */
  private static String withoutTrailingSpaces(String line) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == ' ' && !isEscaped(line, end - 1)) {
      end--;
    }
    return line.substring(0, end);
  }

  private static boolean isEscaped(String line, int index) {
    int backslashes = 0;
    while (index - backslashes > 0 && line.charAt(index - backslashes - 1) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }
}
