package dev.minitower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.model.artifact.ArtifactInspector;
import dev.minitower.model.artifact.ArtifactLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateAndPackageTest {
  @TempDir Path home;

  private TestCli cli;
  private Path project;

  @BeforeEach
  void makeProject() throws IOException {
    cli = new TestCli(home);
    project = Files.createDirectory(home.resolve("project"));
    write("Towerfile", "[app]\nname = \"hello\"\nscript = \"main.py\"\n");
    write("main.py", "print('hello')\n");
  }

  @Test
  void good_project_can_be_deployed() {
    TestCli.Result result = cli.run("validate", "--dir", project.toString());

    assertThat(result)
        .isEqualTo(new TestCli.Result(0, "can be deployed: hello, 2 files, 55 B\n", ""));
  }

  @Test
  void every_problem_is_told_with_its_place() throws IOException {
    write(
        "Towerfile",
        """
        [app]
        name = "Hello World"
        source = ["../up", "fine/**"]
        [[parameters]]
        name = "PATH"
        type = "text"
        """);

    TestCli.Result result = cli.run("validate", "--dir", project.toString());

    String file = project.resolve("Towerfile").toString();
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).isEmpty();
    assertThat(result.out().lines())
        .hasSize(5)
        .anyMatch(line -> line.startsWith(file + ":2:1: error: app.name must be 2 to 63"))
        .anyMatch(line -> line.equals(file + ": error: app.script is required"))
        .anyMatch(line -> line.startsWith(file + ":3:11: error: app.source[0] must"))
        .anyMatch(line -> line.startsWith(file + ":5:1: error: parameters[0].name must not be"))
        .anyMatch(line -> line.startsWith(file + ":6:1: error: parameters[0].type must be one"));
  }

  @Test
  void error_of_the_syntax_has_its_place() throws IOException {
    write("Towerfile", "[app]\nname = hello\n");

    TestCli.Result result = cli.run("validate", "--dir", project.toString());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).contains("Towerfile:2:8: error: Towerfile ");
  }

  @Test
  void unknown_keys_and_missing_import_paths_are_warnings_only() throws IOException {
    write(
        "Towerfile",
        "[app]\nname = \"hello\"\nscript = \"main.py\"\ncolour = \"red\"\nimport_paths = [\"lib\"]\n");

    TestCli.Result result = cli.run("validate", "--dir", project.toString());

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains(":4:1: warning: app.colour is not a known key")
        .contains("warning: import path lib is no folder")
        .contains("can be deployed: hello");
  }

  @Test
  void project_that_cannot_be_packed_is_an_error() throws IOException {
    Files.delete(project.resolve("main.py"));

    TestCli.Result result = cli.run("validate", "--dir", project.toString());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEqualTo("error: The script 'main.py' does not exist.\n");
  }

  @Test
  void json_tells_the_same() throws IOException {
    write("Towerfile", "[app]\nname = \"x\"\nscript = \"main.py\"\n");

    TestCli.Result bad = cli.run("validate", "--json", "--dir", project.toString());
    write("Towerfile", "[app]\nname = \"xy\"\nscript = \"main.py\"\n");
    TestCli.Result good = cli.run("validate", "--json", "--dir", project.toString());

    assertThat(bad.exitCode()).isEqualTo(1);
    assertThat(bad.out())
        .startsWith(
            "{\"valid\":false,\"problems\":[{\"severity\":\"error\",\"key\":\"app.name\",\"message\":\"must")
        .endsWith("\"line\":2,\"column\":1}]}\n");
    assertThat(good)
        .isEqualTo(
            new TestCli.Result(
                0, "{\"valid\":true,\"app\":\"xy\",\"files\":2,\"problems\":[]}\n", ""));
  }

  @Test
  void folder_without_a_towerfile_is_an_error_on_the_error_output() {
    TestCli.Result result = cli.run("validate", "--dir", home.toString());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("there is no Towerfile in " + home, "init");
  }

  @Test
  void package_writes_what_a_server_takes() throws IOException {
    Path file = home.resolve("out.tar.gz");

    TestCli.Result result =
        cli.run("package", "--dir", project.toString(), "--output", file.toString());

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .startsWith("packed " + file + " (2 files, 55 B packed to ")
        .endsWith(" B)\n");
    try (var packed = Files.newInputStream(file)) {
      var inspected = ArtifactInspector.inspect(packed, ArtifactLimits.DEFAULT);
      assertThat(inspected.towerfile().name()).isEqualTo("hello");
    }
  }

  @Test
  void json_of_package_names_file_hashes_and_files() {
    Path file = home.resolve("out.tar.gz");

    TestCli.Result result =
        cli.run("package", "--json", "--dir", project.toString(), "-o", file.toString());

    assertThat(result.out())
        .contains(
            "\"files\":[{\"path\":\"Towerfile\",\"size\":40},{\"path\":\"main.py\",\"size\":15}]")
        .containsPattern("\"artifact_sha256\":\"[0-9a-f]{64}\"")
        .contains("\"file\":\"" + file + "\"");
  }

  @Test
  void list_names_the_files_and_writes_none() throws IOException {
    TestCli.Result result = cli.run("package", "--list", "--dir", project.toString());

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            SIZE  FILE
            40 B  Towerfile
            15 B  main.py
            """);
    try (var left = Files.list(home)) {
      assertThat(left).containsExactly(project);
    }
  }

  @Test
  void package_in_the_project_is_warned_about_unless_it_is_ignored() throws IOException {
    String file = project.resolve("hello.tar.gz").toString();

    TestCli.Result packed = cli.run("package", "--dir", project.toString(), "-o", file);
    write(".minitowerignore", "*.tar.gz\n");
    TestCli.Result ignored = cli.run("package", "--dir", project.toString(), "-o", file);

    assertThat(packed.err()).contains("the next deploy packs hello.tar.gz too");
    assertThat(ignored.err()).doesNotContain("the next deploy");
  }

  @Test
  void output_that_is_a_folder_or_cannot_be_written_is_refused() {
    String dir = project.toString();

    assertThat(cli.run("package", "--dir", dir, "-o", home.toString()).exitCode()).isEqualTo(64);
    assertThat(cli.run("package", "--dir", dir, "-o", "/nowhere/x.tar.gz").exitCode()).isEqualTo(1);
    assertThat(cli.run("package", "--dir", dir, "--list", "-o", "x").exitCode()).isEqualTo(64);
  }

  private void write(String name, String content) throws IOException {
    var unused = Files.writeString(project.resolve(name), content);
  }
}
