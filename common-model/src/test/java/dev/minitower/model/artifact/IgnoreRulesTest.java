package dev.minitower.model.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.minitower.model.towerfile.ProjectPaths;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IgnoreRulesTest {
  /** As git does it: what lies below an ignored folder is ignored too. */
  private static boolean ignored(String rules, String path) {
    IgnoreRules parsed = IgnoreRules.parse(rules);
    List<String> names = ProjectPaths.segments(path);
    for (int depth = 1; depth <= names.size(); depth++) {
      boolean folder = depth < names.size() || path.endsWith("/");
      if (parsed.ignores(names.subList(0, depth), folder)) {
        return true;
      }
    }
    return false;
  }

  static Stream<Arguments> lines() {
    return Stream.of(
        arguments("*.log", "a.log", true),
        arguments("*.log", "x/y/a.log", true),
        arguments("*.log", "a.log.txt", false),
        arguments("*.log", ".log", true),
        arguments("build", "build/x", true),
        arguments("build", "a/build", true),
        arguments("build/", "build/x", true),
        arguments("build/", "a/build/x", true),
        arguments("build/", "build", false),
        arguments("/build", "build", true),
        arguments("/build", "a/build", false),
        arguments("a/b", "a/b/c", true),
        arguments("a/b", "x/a/b", false),
        arguments("a/b/", "a/b", false),
        arguments("a/*", "a/b/c", true),
        arguments("a/*.txt", "a/b/c.txt", false),
        arguments("**/x", "x", true),
        arguments("**/x", "a/b/x", true),
        arguments("**/a/b", "z/a/b", true),
        arguments("a/**", "a/b", true),
        arguments("a/**\n!a/keep", "a/keep", false),
        arguments("a/**/b", "a/b", true),
        arguments("a/**/b", "a/x/y/b", true),
        arguments("a/**/b", "b", false),
        arguments("a**b", "aXXb", true),
        arguments("a**b", "a/x/b", false),
        arguments("?.txt", "a.txt", true),
        arguments("?.txt", "ab.txt", false),
        arguments("[a-c].txt", "b.txt", true),
        arguments("[!a-c].txt", "b.txt", false),
        arguments("[^a-c].txt", "d.txt", true),
        arguments("# comment", "# comment", false),
        arguments("\\#x", "#x", true),
        arguments("\\!x", "!x", true),
        arguments("a\\*b", "a*b", true),
        arguments("a\\*b", "aXb", false),
        arguments("x  ", "x", true),
        arguments("x\\ ", "x ", true),
        arguments("x\\ ", "x", false),
        arguments("", "x", false),
        arguments("/", "x", false),
        arguments("!", "x", false),
        arguments("*.log\n!keep.log", "keep.log", false),
        arguments("*.log\n!keep.log", "a/keep.log", false),
        arguments("!keep.log\n*.log", "keep.log", true),
        arguments("*.log\n!keep.log\nkeep.log", "keep.log", true),
        arguments("build/\n!build/keep", "build/keep", true),
        arguments("build/*\n!build/keep", "build/keep", false),
        arguments("/*\n!/src\n", "src/a", false),
        arguments("/*\n!/src\n", "lib/a", true),
        arguments("a.txt\r\nb.txt\r\n", "a.txt", true),
        arguments("a.txt\r\nb.txt\r\n", "b.txt", true),
        arguments("größe", "größe", true));
  }

  @ParameterizedTest(name = "[{index}] {0} on {1}: {2}")
  @MethodSource("lines")
  void lines_mean_what_they_mean_to_git(String rules, String path, boolean expected) {
    assertThat(ignored(rules, path)).isEqualTo(expected);
  }
}
