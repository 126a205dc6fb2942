package dev.minitower.model.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.model.towerfile.ProjectPaths;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
  private static boolean matches(String glob, String path) {
    return Glob.of(glob).matches(ProjectPaths.segments(path));
  }

  @ParameterizedTest
  @CsvSource({
    "main.py, main.py",
    "./main.py, main.py",
    "*.py, main.py",
    "./*.py, main.py",
    "*, Makefile",
    "?ain.py, main.py",
    "[mn]ain.py, main.py",
    "[a-m]ain.py, main.py",
    "[!x]ain.py, main.py",
    "[^x]ain.py, main.py",
    "[]x]a, ]a",
    "[ab, [ab",
    "a*b*c, aXbbYc",
    "größ?.py, größe.py",
    "**, main.py",
    "**, a/b/c.txt",
    "./**, a/b/c.txt",
    "**/*, a/b/c.txt",
    "**/*.py, main.py",
    "**/*.py, a/b/main.py",
    "a/**, a/b/c.txt",
    "a/**/c.txt, a/c.txt",
    "a/**/c.txt, a/x/y/c.txt",
    "**/b/**, a/b/c/d",
    "src, src/a/b.py",
    "src/, src/a/b.py",
    "./src, src/b.py",
    "s*/, src/a/b.py",
    "., a/b.py",
    ".env, .env",
    ".*, .env",
    "**/.env, a/b/.env",
    ".config/**, .config/a/b",
    ".config, .config/a/b",
    "node_modules/**, node_modules/x/node_modules/y.js",
    "node_modules, node_modules/x/node_modules/y.js",
    ".venv/**, .venv/bin/python",
    ".venv/*/python, .venv/bin/python",
    "a/__pycache__/*.pyc, a/__pycache__/x.pyc"
  })
  void glob_takes_the_path(String glob, String path) {
    assertThat(matches(glob, path)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "main.py, sub/main.py",
    "main.py, main.pyc",
    "*.py, sub/main.py",
    "*, a/b",
    "*.py, MAIN.PY",
    "?ain.py, ain.py",
    "[!m]ain.py, main.py",
    "[a-c]x, dx",
    "a/**, b/a/c",
    "a/**/c.txt, a/c.txt/d",
    "src, src2/a.py",
    "src, lib/src/a.py",
    "s*/, src",
    "*, .env",
    "?env, .env",
    "[.]env, .env",
    "**, .env",
    "**, a/.env",
    "**, .config/a",
    "**/*, a/.hidden/b",
    "src, src/.env",
    "., .env",
    "**/.env, .cache/.env",
    ".config/**, .config/.hidden",
    ".*, .git",
    "**, node_modules/x.js",
    "**, a/__pycache__/x.pyc",
    "*/x.js, node_modules/x.js",
    "**/*.js, web/node_modules/a/b.js",
    ".venv/**, .git/config",
    "node_modules/**, node_modules/.cache/x",
    "node_modules/**, a/node_modules/x"
  })
  void glob_leaves_the_path(String glob, String path) {
    assertThat(matches(glob, path)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"main.py", "./src/", "a/b/c", "."})
  void glob_without_wildcards_is_literal(String glob) {
    assertThat(Glob.of(glob).isLiteral()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "a/**", "a?", "[ab]c"})
  void glob_with_wildcards_is_not(String glob) {
    assertThat(Glob.of(glob).isLiteral()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "**, src, true",
    "**, .git, false",
    "**, .config, false",
    "**, node_modules, false",
    ".config/*, .config, true",
    ".env, .git, false",
    ".git/*, .git, true",
    "node_modules/x, node_modules, true"
  })
  void folders_in_which_nothing_can_match_are_not_entered(
      String glob, String folder, boolean entered) {
    assertThat(Glob.of(glob).mayEnter(folder)).isEqualTo(entered);
  }
}
