package dev.minitower.runner.execution;

import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequirementsTest {
  @TempDir Path project;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "requests",
        "requests==2.31.0",
        "requests[socks] >= 2.8.1, == 2.8.*",
        "requests (>=2)",
        "requests; python_version < \"3.8\" and os_name == 'posix'",
        "requests==2 # a comment",
        "requests==2 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb",
        "pip @ https://index.example/pip-1.zip#sha1=da9",
        "git+https://forge.example/x.git@v1#egg=x",
        "--index-url https://index.example/simple",
        "-i https://index.example/simple",
        "--extra-index-url=https://index.example/simple",
        "--no-index\n--find-links /srv/wheels\nx",
        "--find-links https://index.example/wheels",
        "--require-hashes\n--only-binary :all:\n--pre",
        "# -e .\n\n  # -r other.txt",
        "x==1 # -e .",
      })
  void lists_of_packages_depend_on_the_list_and_the_index(String text) throws Exception {
    assertThat(reach(text)).isEqualTo(Reach.INDEX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "./lib",
        ".",
        "lib/x",
        "x-1.0-py3-none-any.whl",
        "x-1.0.tar.gz",
        "--find-links ./wheels\nx",
        "-f wheels",
        "-r other.txt",
        "-c other.txt",
        "-rother.txt",
        "--requirement other.txt",
        "--constraint=other.txt",
        "-r deep/down.txt",
      })
  void what_leads_into_the_project_depends_on_all_of_it(String text) throws Exception {
    write("other.txt", "x==1\n");
    write("deep/down.txt", "-r down2.txt\n");
    write("deep/down2.txt", "y\n");

    assertThat(reach(text)).isEqualTo(Reach.PROJECT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-e .",
        "-e.",
        "--editable ./lib",
        "--editable=lib",
        "--edit .",
        "-e git+https://forge.example/x.git#egg=x",
        "x \\\n-e .",
        "# a comment \\\n-e .",
        "x\u2028-e .",
        "-r editable.txt",
        "-r missing.txt",
        "-r https://index.example/other.txt",
        "-r ../other.txt",
        "-r not-utf-8.txt",
        "../lib",
        "/srv/lib",
        "file:///srv/lib",
        "x @ file:///srv/lib",
        "${HOME}/x",
        "x==${VERSION}",
        "--config-settings x=y",
        "--find-links ../wheels",
      })
  void what_is_not_understood_or_leads_back_into_the_project_serves_one_run(String text)
      throws Exception {
    write("editable.txt", "x\n-e ./lib\n");
    Files.write(project.resolve("not-utf-8.txt"), "x".getBytes(UTF_16));

    assertThat(reach(text)).isEqualTo(Reach.UNKNOWN);
  }

  @Test
  void files_that_include_each_other_are_read_once() throws Exception {
    write("other.txt", "-r requirements.txt\n");

    assertThat(reach("-r other.txt")).isEqualTo(Reach.PROJECT);
  }

  @Test
  void file_that_is_too_large_to_look_at_serves_one_run() throws Exception {
    assertThat(reach("x\n".repeat(500_001))).isEqualTo(Reach.UNKNOWN);
  }

  @Test
  @Timeout(20)
  void no_line_keeps_the_runner_busy() throws Exception {
    long start = System.nanoTime();
    for (String part : new String[] {" ", "a ", "[a", "=", " --hash=", ";", "@ ", "\\\n", " #"}) {
      assertThat(reach("x" + part.repeat(999_000 / part.length()) + "\u0000")).isNotNull();
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
  }

  private Reach reach(String text) throws IOException {
    write("requirements.txt", text);
    return Requirements.of(project, project.resolve("requirements.txt"));
  }

  private void write(String name, String text) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
