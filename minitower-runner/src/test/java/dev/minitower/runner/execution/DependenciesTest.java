package dev.minitower.runner.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DependenciesTest {
  @TempDir Path project;

  @Test
  void project_without_either_file_needs_nothing() throws Exception {
    assertThat(Dependencies.of(project)).isEmpty();
  }

  @Test
  void requirements_are_installed_from_their_file_even_beside_a_pyproject() throws Exception {
    write("requirements.txt", "requests==2\n");
    write("pyproject.toml", "[build-system]\nrequires = []\n");

    assertThat(Dependencies.of(project))
        .contains(
            new Dependencies("requirements.txt", List.of("-r", "requirements.txt"), Reach.INDEX));
  }

  @Test
  void requirements_of_comments_alone_need_nothing() throws Exception {
    write("requirements.txt", "# nothing yet\n\n   \n");

    assertThat(Dependencies.of(project)).isEmpty();
  }

  @Test
  void pyproject_with_a_build_system_is_installed_itself() throws Exception {
    write("pyproject.toml", "[build-system]\nrequires = ['setuptools']\n[project]\nname = 'x'\n");

    assertThat(Dependencies.of(project))
        .contains(new Dependencies("pyproject.toml", List.of("."), Reach.PROJECT));
  }

  @Test
  void pyproject_without_one_only_lists_packages_none_of_which_is_an_option() throws Exception {
    write("pyproject.toml", "[project]\nname = 'x'\ndependencies = ['a>=1', '--index-url=evil']\n");

    assertThat(Dependencies.of(project))
        .contains(
            new Dependencies(
                "pyproject.toml", List.of("--", "a>=1", "--index-url=evil"), Reach.UNKNOWN));
  }

  @Test
  void pyproject_that_only_configures_tools_needs_nothing() throws Exception {
    write("pyproject.toml", "[tool.black]\nline-length = 100\n");

    assertThat(Dependencies.of(project)).isEmpty();
  }

  @Test
  void pyproject_that_is_no_toml_is_the_projects_fault() throws Exception {
    write("pyproject.toml", "[project\n");

    assertThatThrownBy(() -> Dependencies.of(project))
        .isInstanceOf(SetupEndedException.class)
        .hasMessageContaining("pyproject.toml can't be read")
        .hasMessageContaining("line 1");
  }

  @Test
  void requirements_that_are_no_text_are_the_projects_fault() throws Exception {
    Files.write(project.resolve("requirements.txt"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0});

    assertThatThrownBy(() -> Dependencies.of(project))
        .isInstanceOf(SetupEndedException.class)
        .hasMessageContaining("not UTF-8");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(project.resolve(name), text);
  }
}
