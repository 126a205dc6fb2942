package dev.minitower.model.towerfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.model.artifact.ArtifactInspector;
import dev.minitower.model.artifact.ArtifactLimits;
import dev.minitower.model.artifact.ArtifactPacker;
import dev.minitower.model.artifact.InspectedArtifact;
import dev.minitower.model.artifact.PackedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Towerfiles in the shapes that people bring from Tower, each packed and then read as a server
 * does.
 */
class TowerStyleTest {
  @TempDir Path dir;

  @Test
  void without_a_source_everything_goes_along() throws IOException {
    write("task.py", "requirements.txt", "helpers/io.py", ".git/HEAD");

    InspectedArtifact artifact =
        deploy(
            """
            [app]
            name = "hello-world"
            script = "./task.py"
            """);

    assertThat(artifact.towerfile().script()).isEqualTo("task.py");
    assertThat(files(artifact))
        .containsExactly("Towerfile", "helpers/io.py", "requirements.txt", "task.py");
  }

  @Test
  void source_with_and_without_a_leading_dot_is_the_same() throws IOException {
    write("task.py", "lib/a.py", "notes.md");

    List<String> dotted =
        files(
            deploy(
                "[app]\nname = \"aa\"\nscript = \"./task.py\"\nsource = [\"./*.py\", \"./lib/**\"]\n"));
    List<String> plain =
        files(
            deploy(
                "[app]\nname = \"aa\"\nscript = \"task.py\"\nsource = [\"*.py\", \"lib/**\"]\n"));

    assertThat(dotted).containsExactly("Towerfile", "lib/a.py", "task.py").isEqualTo(plain);
  }

  @Test
  void pyproject_instead_of_requirements_goes_along() throws IOException {
    write("main.py", "pyproject.toml", "uv.lock");

    assertThat(
            files(
                deploy("[app]\nname = \"uv-app\"\nscript = \"./main.py\"\nsource = [\"./**\"]\n")))
        .containsExactly("Towerfile", "main.py", "pyproject.toml", "uv.lock");
  }

  @Test
  void name_may_begin_with_a_digit() throws IOException {
    write("main.py");

    assertThat(
            deploy("[app]\nname = \"01-hello-world\"\nscript = \"./main.py\"\n").towerfile().name())
        .isEqualTo("01-hello-world");
  }

  @Test
  void unknown_keys_and_tables_are_let_through() throws IOException {
    write("main.py");

    InspectedArtifact artifact =
        deploy(
            """
            [app]
            name = "extras"
            script = "./main.py"
            invoke = "./main.py"

            [build]
            python = "3.12"

            [[app.secrets]]
            name = "S"
            """);

    assertThat(artifact.towerfile().name()).isEqualTo("extras");
  }

  @Test
  void defaults_are_strings_where_no_type_is_said_and_reach_the_run_as_such() throws IOException {
    write("main.py");

    InspectedArtifact artifact =
        deploy(
            """
            [app]
            name = "ticker-update"
            script = "./main.py"
            import_paths = ["./lib/"]

            [[parameters]]
            name = "PULL_DATE"
            description = "The date"
            default = ""

            [[parameters]]
            name = "TICKERS"
            default = "AAPL,MSFT"

            [[parameters]]
            name = "COUNT"
            default = "5"
            """);

    assertThat(artifact.towerfile().importPaths()).containsExactly("lib");
    assertThat(InputSchema.of(artifact.towerfile().parameters()).complete(Map.of("COUNT", "7")))
        .isEqualTo(Map.of("PULL_DATE", "", "TICKERS", "AAPL,MSFT", "COUNT", "7"));
  }

  @Test
  void shell_script_in_a_folder_with_a_schedule_and_a_timeout() throws IOException {
    write("jobs/run.sh");

    Towerfile towerfile =
        deploy(
                """
                [app]
                name = "nightly"
                script = "./jobs/run.sh"
                source = ["./jobs/*.sh"]
                schedule = "0 3 * * *"
                description = "Runs at night"
                timeout = { seconds = 60 }
                """)
            .towerfile();

    assertThat(towerfile.script()).isEqualTo("jobs/run.sh");
    assertThat(towerfile.schedule()).isEqualTo("0 3 * * *");
    assertThat(towerfile.timeoutSeconds()).isEqualTo(60);
  }

  private InspectedArtifact deploy(String toml) throws IOException {
    Files.writeString(dir.resolve("Towerfile"), toml);
    Towerfile towerfile = TowerfileParser.parse(toml).towerfile();
    Path target = Files.createTempFile("packed", ".tar.gz");
    try {
      ArtifactPacker.pack(dir, towerfile, target);
      try (var packed = Files.newInputStream(target)) {
        return ArtifactInspector.inspect(packed, ArtifactLimits.DEFAULT);
      }
    } finally {
      Files.delete(target);
    }
  }

  private List<String> files(InspectedArtifact artifact) {
    return ArtifactPacker.list(dir, artifact.towerfile()).stream().map(PackedFile::path).toList();
  }

  private void write(String... names) throws IOException {
    for (String name : names) {
      Path file = dir.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "x = 1\n");
    }
  }
}
