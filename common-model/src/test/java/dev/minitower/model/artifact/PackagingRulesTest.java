package dev.minitower.model.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minitower.model.towerfile.Towerfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files of one tree are packed, rule by rule. */
class PackagingRulesTest {
  private static final List<String> TREE =
      List.of(
          ".env",
          ".git/HEAD",
          ".github/ci.yml",
          ".venv/lib/x.py",
          "Makefile",
          "__pycache__/main.pyc",
          "data/2026/01.csv",
          "data/2026/.cache",
          "data/readme.md",
          "lib/__init__.py",
          "lib/deep/er/x.py",
          "lib/node_modules/y.js",
          "main.py",
          "node_modules/z.js",
          "tests/test_main.py");

  @TempDir Path project;

  @BeforeEach
  void makeTree() throws IOException {
    write("Towerfile", "");
    for (String name : TREE) {
      write(name, name);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "**                  | Makefile data/2026/01.csv data/readme.md lib/__init__.py lib/deep/er/x.py main.py tests/test_main.py",
        "./**                | Makefile data/2026/01.csv data/readme.md lib/__init__.py lib/deep/er/x.py main.py tests/test_main.py",
        "main.py             | main.py",
        "./main.py           | main.py",
        "*.py                | main.py",
        "**/*.py             | lib/__init__.py lib/deep/er/x.py main.py tests/test_main.py",
        "main.py lib/**      | lib/__init__.py lib/deep/er/x.py main.py",
        "main.py lib         | lib/__init__.py lib/deep/er/x.py main.py",
        "main.py lib/        | lib/__init__.py lib/deep/er/x.py main.py",
        "main.py lib/*       | lib/__init__.py main.py",
        "main.py data/**/*.csv | data/2026/01.csv main.py",
        "main.py data/????/* | data/2026/01.csv main.py",
        "main.py data/[12]*/*.csv | data/2026/01.csv main.py",
        "main.py data/**/.*  | data/2026/.cache main.py",
        "main.py .*          | .env main.py",
        "main.py .github/**  | .github/ci.yml main.py",
        "main.py .git/**     | .git/HEAD main.py",
        "main.py .venv       | .venv/lib/x.py main.py",
        "main.py __pycache__/* | __pycache__/main.pyc main.py",
        "main.py lib/node_modules/** | lib/node_modules/y.js main.py",
        "main.py **/node_modules/** | lib/node_modules/y.js main.py node_modules/z.js",
        "main.py nothing/**  | main.py"
      })
  void globs_choose(String source, String expected) {
    assertThat(packed(source.strip().split(" +"))).containsExactly(expected.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tests               | Makefile data/2026/01.csv data/readme.md lib/__init__.py lib/deep/er/x.py main.py",
        "tests/              | Makefile data/2026/01.csv data/readme.md lib/__init__.py lib/deep/er/x.py main.py",
        "/data               | Makefile lib/__init__.py lib/deep/er/x.py main.py tests/test_main.py",
        "data/* !data/2026   | Makefile data/2026/01.csv lib/__init__.py lib/deep/er/x.py main.py tests/test_main.py",
        "data !data/readme.md | Makefile lib/__init__.py lib/deep/er/x.py main.py tests/test_main.py",
        "*.py !main.py       | Makefile data/2026/01.csv data/readme.md main.py",
        "**/er               | Makefile data/2026/01.csv data/readme.md lib/__init__.py main.py tests/test_main.py",
        "2026/               | Makefile data/readme.md lib/__init__.py lib/deep/er/x.py main.py tests/test_main.py",
        "# tests             | Makefile data/2026/01.csv data/readme.md lib/__init__.py lib/deep/er/x.py main.py tests/test_main.py",
        "Towerfile Makefile  | data/2026/01.csv data/readme.md lib/__init__.py lib/deep/er/x.py main.py tests/test_main.py"
      })
  void ignore_file_leaves_out(String rules, String expected) throws IOException {
    boolean comment = rules.startsWith("#");
    write(".minitowerignore", comment ? rules : rules.strip().replace(" ", "\n"));

    assertThat(packed()).containsExactly(expected.split(" "));
  }

  @Test
  void ignore_file_beats_a_glob_that_has_wildcards_and_is_an_error_for_one_that_has_none()
      throws IOException {
    write(".minitowerignore", "data\n");

    assertThat(packed("main.py", "data/**")).containsExactly("main.py");
    assertThatThrownBy(() -> packed("main.py", "data/readme.md"))
        .isInstanceOf(PackagingException.class)
        .hasMessageContaining("'data/readme.md' matches no file")
        .hasMessageContaining(".minitowerignore");
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing.csv", "./missing", "missing/", "Main.py"})
  void glob_without_a_wildcard_must_name_something_in_its_own_case(String glob) {
    assertThatThrownBy(() -> packed("main.py", glob))
        .isInstanceOf(PackagingException.class)
        .hasMessageContaining("'" + glob + "' matches no file");
  }

  @ParameterizedTest
  @CsvSource({
    "here, main.py",
    "lib/up, ../main.py",
    "lib/there, ../data/2026",
    "dangling, nowhere",
    "lib/root, ..",
    "round, round"
  })
  void link_that_ends_inside_is_packed_as_a_link(String name, String target) throws Exception {
    Files.createSymbolicLink(project.resolve(name), Path.of(target));

    assertThat(packed("main.py", name)).containsExactlyInAnyOrder("main.py", name);
    assertThat(Files.isSymbolicLink(unpack("main.py", name).resolve(name))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"out, ../x", "lib/out, ../../x", "lib/far, ../lib/../../x", "absolute, /etc/hosts"})
  void link_that_ends_outside_is_an_error(String name, String target) throws IOException {
    Files.createSymbolicLink(project.resolve(name), Path.of(target));

    assertThatThrownBy(() -> packed("main.py", name))
        .isInstanceOf(PackagingException.class)
        .hasMessageContaining("'" + name + "' can't be packed");
  }

  @Test
  void link_to_a_folder_is_not_walked_into() throws IOException {
    Files.createSymbolicLink(project.resolve("again"), Path.of("lib"));

    assertThat(packed("main.py", "again", "**/x.py"))
        .containsExactly("again", "lib/deep/er/x.py", "main.py");
  }

  @Test
  void order_of_globs_and_of_making_the_files_changes_nothing() throws Exception {
    String first = digest("main.py", "lib/**", "data/**");
    write("main.py", "main.py");

    assertThat(digest("data/**", "lib/**", "main.py", "main.py")).isEqualTo(first);
  }

  @Test
  void empty_folders_are_not_packed_and_empty_files_are() throws Exception {
    Files.createDirectories(project.resolve("empty/folder"));
    write("empty/file.txt", "");

    Path unpacked = unpack("main.py", "empty/**");

    assertThat(unpacked.resolve("empty/file.txt")).isEmptyFile();
    assertThat(unpacked.resolve("empty/folder")).doesNotExist();
  }

  @Test
  void program_stays_executable_and_nothing_else_becomes_so() throws Exception {
    assertThat(project.resolve("lib/deep/er/x.py").toFile().setExecutable(true)).isTrue();

    Path unpacked = unpack("main.py", "lib/**");

    assertThat(unpacked.resolve("lib/deep/er/x.py")).isExecutable();
    assertThat(Files.isExecutable(unpacked.resolve("lib/__init__.py"))).isFalse();
  }

  @Test
  void more_files_than_a_server_takes_are_an_error_before_anything_is_packed() throws IOException {
    Path many = Files.createDirectory(project.resolve("many"));
    for (int i = 0; i < ArtifactLimits.DEFAULT.maxEntries(); i++) {
      Files.createFile(many.resolve("f" + i));
    }

    assertThatThrownBy(() -> packed("main.py", "many"))
        .isInstanceOf(PackagingException.class)
        .hasMessageContaining("more than 100000 files and folders");
  }

  /** Without the Towerfile, which is always there. */
  private List<String> packed(String... source) {
    List<String> all =
        ArtifactPacker.list(project, towerfile(source)).stream().map(PackedFile::path).toList();
    assertThat(all).contains("Towerfile").isSorted().doesNotHaveDuplicates();
    return all.stream().filter(name -> !name.equals("Towerfile")).toList();
  }

  private String digest(String... source) throws IOException {
    Path target = Files.createTempFile("packed", ".tar.gz");
    try {
      return ArtifactPacker.pack(project, towerfile(source), target).contentSha256();
    } finally {
      Files.delete(target);
    }
  }

  private Path unpack(String... source) throws IOException {
    Path target = Files.createTempFile("packed", ".tar.gz");
    Path folder = Files.createDirectory(project.resolve("unpacked"));
    PackedArtifact packed = ArtifactPacker.pack(project, towerfile(source), target);
    try (var in = Files.newInputStream(packed.file())) {
      ArtifactUnpacker.unpack(in, folder, ArtifactLimits.DEFAULT);
      return folder;
    } finally {
      Files.delete(target);
    }
  }

  private static Towerfile towerfile(String... source) {
    List<String> globs = Stream.of(source).toList();
    return new Towerfile("demo", "main.py", globs, List.of(), null, null, null, List.of());
  }

  private void write(String name, String content) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
