package dev.minitower.model.artifact;

import dev.minitower.model.artifact.Wildcards.Step;
import dev.minitower.model.towerfile.ProjectPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One of the Towerfile's source patterns. {@code **} crosses folders; a pattern without wildcards
 * that names a folder, and any that ends in {@code /}, stands for all that is below it.
 *
 * <p>Wildcards are blind to two kinds of names: those that begin with a dot, unless the pattern's
 * own segment does ({@code **}{@code /.*}), and {@link #LEFT_OUT}, unless the pattern has a segment
 * of that name ({@code node_modules/**}). So {@code **}, the default, is every file that is not
 * hidden, generated or installed.
 */
final class Glob {
  /** What no project means to deploy, unless it says so. */
  static final Set<String> LEFT_OUT = Set.of(".git", "__pycache__", ".venv", "node_modules");

  private final String text;
  private final List<String> segments;
  private final List<Step<String>> steps = new ArrayList<>();

  private Glob(String text) {
    this.text = text;
    this.segments = ProjectPaths.segments(text);
    segments.forEach(segment -> steps.add(step(segment)));
    if (isLiteral()) {
      steps.add(Step.many(this::isVisible));
    } else if (text.endsWith("/")) {
      steps.add(Step.one(this::isVisible));
      steps.add(Step.many(this::isVisible));
    }
  }

  static Glob of(String text) {
    return new Glob(text);
  }

  String text() {
    return text;
  }

  /** Names one file or folder, which therefore should be there. */
  boolean isLiteral() {
    return !Wildcards.isPattern(text);
  }

  boolean matches(List<String> path) {
    return Wildcards.matches(steps, path);
  }

  /** False for a folder in which the pattern can match nothing, whatever is there. */
  boolean mayEnter(String folder) {
    if (LEFT_OUT.contains(folder)) {
      return segments.contains(folder);
    }
    return !folder.startsWith(".") || segments.stream().anyMatch(s -> s.startsWith("."));
  }

  private Step<String> step(String segment) {
    if (segment.equals("**")) {
      return Step.many(this::isVisible);
    }
    if (!Wildcards.isPattern(segment)) {
      return Step.one(segment::equals);
    }
    Predicate<String> pattern = Wildcards.name(segment, false);
    boolean dotted = segment.startsWith(".");
    return Step.one(name -> (dotted || isVisible(name)) && isWanted(name) && pattern.test(name));
  }

  private boolean isVisible(String name) {
    return (!name.startsWith(".") || isNamed(name)) && isWanted(name);
  }

  private boolean isWanted(String name) {
    return !LEFT_OUT.contains(name) || isNamed(name);
  }

  private boolean isNamed(String name) {
    return segments.contains(name);
  }
}
