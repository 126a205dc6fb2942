package dev.minitower.runner.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.runner.execution.Installer.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentKeyTest {
  private static final Interpreter PYTHON =
      new Interpreter(Path.of("/usr/bin/python3"), Path.of("/usr"), "3.11.7|cpython-311|linux");
  private static final Installer PIP = new Installer(Kind.PIP, Path.of("/usr/bin/python3"));
  private static final Installer UV = new Installer(Kind.UV, Path.of("/usr/bin/uv"));

  @TempDir Path project;
  private String before;

  @BeforeEach
  void keyOfOnePackage() throws Exception {
    write("requirements.txt", "requests==2\n");
    write("main.py", "print(1)");
    before = key();
  }

  @Test
  void same_needs_have_the_same_key_whatever_else_is_in_the_project() throws Exception {
    write("main.py", "print(2)");
    write("other.txt", "x");

    assertThat(key()).isEqualTo(before).matches("[0-9a-f]{64}");
  }

  @Test
  void requirements_change_it() throws Exception {
    write("requirements.txt", "requests==3\n");

    assertThat(key()).isNotEqualTo(before);
  }

  @Test
  void other_interpreter_or_installer_changes_it() throws Exception {
    var newer = new Interpreter(PYTHON.executable(), PYTHON.prefix(), "3.11.8|cpython-311|linux");
    var elsewhere = new Interpreter(Path.of("/opt/bin/python3"), Path.of("/opt"), PYTHON.facts());

    assertThat(key(newer, PIP, Map.of())).isNotEqualTo(before);
    assertThat(key(elsewhere, PIP, Map.of())).isNotEqualTo(before);
    assertThat(key(PYTHON, UV, Map.of())).isNotEqualTo(before);
  }

  @Test
  void settings_of_the_index_change_it_and_other_variables_do_not() throws Exception {
    assertThat(key(PYTHON, PIP, Map.of("PIP_INDEX_URL", "https://a"))).isNotEqualTo(before);
    assertThat(key(PYTHON, PIP, Map.of("PIP_INDEX_URL", "https://a")))
        .isNotEqualTo(key(PYTHON, PIP, Map.of("PIP_INDEX_URL", "https://b")));
    assertThat(key(PYTHON, UV, Map.of("UV_INDEX", "https://a")))
        .isNotEqualTo(key(PYTHON, UV, Map.of()));
    assertThat(key(PYTHON, PIP, Map.of("HOME", "/w/1", "TMPDIR", "/w/2"))).isEqualTo(before);
  }

  @Test
  void content_of_a_settings_file_changes_it() throws Exception {
    Path settings = Files.writeString(project.resolveSibling("pip.conf"), "[global]\n");
    var variables = Map.of("PIP_CONFIG_FILE", settings.toString());
    String first = key(PYTHON, PIP, variables);

    Files.writeString(settings, "[global]\nindex-url = https://a\n");

    assertThat(key(PYTHON, PIP, variables)).isNotEqualTo(first);
  }

  @Test
  void uv_reads_settings_in_the_project_and_pip_does_not() throws Exception {
    String uvBefore = key(PYTHON, UV, Map.of());

    write("uv.toml", "index-url = 'https://a'");

    assertThat(key(PYTHON, UV, Map.of())).isNotEqualTo(uvBefore);
    assertThat(key()).isEqualTo(before);
  }

  @Test
  void included_file_changes_it() throws Exception {
    write("requirements.txt", "-r other.txt\n");
    write("other.txt", "requests==2\n");
    String first = key();

    write("other.txt", "requests==3\n");

    assertThat(key()).isNotEqualTo(first);
  }

  @Test
  void project_that_is_installed_itself_counts_with_all_its_files() throws Exception {
    Files.delete(project.resolve("requirements.txt"));
    write("pyproject.toml", "[build-system]\nrequires = []\n");
    String first = key();

    write("main.py", "print(2)");
    String changed = key();
    Files.move(project.resolve("main.py"), project.resolve("moved.py"));

    assertThat(changed).isNotEqualTo(first);
    assertThat(key()).isNotIn(first, changed);
  }

  @Test
  void packages_of_a_pyproject_change_it_and_its_other_tables_do_not() throws Exception {
    Files.delete(project.resolve("requirements.txt"));
    write("pyproject.toml", "[project]\ndependencies = ['requests==2']\n");
    String first = key();

    write("pyproject.toml", "[project]\nversion = '2'\ndependencies = ['requests==2']\n");
    assertThat(key()).isEqualTo(first);

    write("pyproject.toml", "[project]\ndependencies = ['requests==3']\n");
    assertThat(key()).isNotEqualTo(first);
  }

  private String key() throws Exception {
    return key(PYTHON, PIP, Map.of());
  }

  private String key(Interpreter python, Installer installer, Map<String, String> variables)
      throws Exception {
    Dependencies dependencies = Dependencies.of(project).orElseThrow();
    return EnvironmentKey.of(
        new EnvironmentPlan(dependencies, python, installer, variables), project);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(project.resolve(name), text);
  }
}
