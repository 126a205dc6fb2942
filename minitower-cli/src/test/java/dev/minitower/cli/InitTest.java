package dev.minitower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.model.towerfile.Towerfile;
import dev.minitower.model.towerfile.TowerfileParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitTest {
  @TempDir Path home;

  private TestCli cli;
  private Path project;

  @BeforeEach
  void makeFolder() throws IOException {
    cli = new TestCli(home);
    project = Files.createDirectory(home.resolve("My Report_2"));
  }

  @ParameterizedTest
  @CsvSource({
    "'main.py app.py', main.py",
    "'app.py lib.py', app.py",
    "'src/main.py setup.py', src/main.py",
    "'a.py MAIN:job.py', job.py",
    "'lib.py run.sh', run.sh",
    "'MAIN:job.py run.sh', job.py",
    "'only.py', only.py",
    "'only.py setup.py', only.py",
    "'nightly.sh data.csv', nightly.sh",
    "'My Report_2.py other.py', My Report_2.py",
  })
  void script_is_found_by_its_name_or_by_what_is_in_it(String files, String script)
      throws IOException {
    for (String file : files.startsWith("My ") ? files.split("(?<=py) ") : files.split(" ")) {
      write(file.replace("MAIN:", ""), file.startsWith("MAIN:") ? main() : "import os\n");
    }

    TestCli.Result result = init();

    assertThat(result.exitCode()).isZero();
    assertThat(made().script()).isEqualTo(script);
    assertThat(made().name()).isEqualTo("my-report-2");
    assertThat(cli.run("validate", "--dir", project.toString()).exitCode()).isZero();
  }

  @Test
  void folder_in_which_no_file_stands_out_needs_the_scripts_name() throws IOException {
    write("a.py", "");
    write("b.py", "");

    TestCli.Result unclear = init();
    TestCli.Result told = init("--script", "b.py");

    assertThat(unclear.exitCode()).isEqualTo(64);
    assertThat(unclear.err()).contains("stands out", "--script");
    assertThat(told.exitCode()).isZero();
    assertThat(made().script()).isEqualTo("b.py");
  }

  @Test
  void towerfile_that_is_there_is_replaced_only_when_forced() throws IOException {
    write("main.py", "");
    write("Towerfile", "mine");

    TestCli.Result refused = init();

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("--force");
    assertThat(project.resolve("Towerfile")).hasContent("mine");
    assertThat(init("--force").exitCode()).isZero();
    assertThat(made().script()).isEqualTo("main.py");
  }

  @Test
  void answers_on_a_terminal_beat_what_was_found_and_bad_ones_are_asked_for_again()
      throws IOException {
    write("main.py", "");
    write("other.sh", "");
    cli.typing("nowhere.py", "other.sh", "Not A Slug", "");

    TestCli.Result result = init();

    assertThat(result.err())
        .contains("there is no file nowhere.py", "the name of the app must be 2 to 63");
    assertThat(made().script()).isEqualTo("other.sh");
    assertThat(made().name()).isEqualTo("my-report-2");
  }

  @Test
  void yes_asks_nothing() throws IOException {
    write("main.py", "");
    cli.typing("other.sh");

    assertThat(init("--yes").exitCode()).isZero();
    assertThat(made().script()).isEqualTo("main.py");
  }

  @Test
  void requirements_are_noticed_and_the_next_steps_told() throws IOException {
    write("main.py", "");
    write("requirements.txt", "requests\n");

    TestCli.Result result = init();

    assertThat(result.out()).startsWith("made " + project.resolve("Towerfile"));
    assertThat(result.err())
        .contains("the packages of requirements.txt are installed", "run --local", "run --deploy");
  }

  @Test
  void name_of_a_script_that_toml_needs_escaped_is_written_right() throws IOException {
    write("say \"hi\".py", "");

    assertThat(init().exitCode()).isZero();
    assertThat(made().script()).isEqualTo("say \"hi\".py");
  }

  @Test
  void script_outside_or_of_another_kind_is_refused_and_nothing_is_written() throws IOException {
    Files.writeString(home.resolve("outside.py"), "");
    write("main.rb", "");

    assertThat(init("--script", "../outside.py").exitCode()).isEqualTo(64);
    assertThat(init("--script", "main.rb").exitCode()).isEqualTo(64);
    assertThat(init("--script", "main.py").exitCode()).isEqualTo(64);
    assertThat(project.resolve("Towerfile")).doesNotExist();
    assertThat(project.resolve(".Towerfile.new")).doesNotExist();
  }

  @Test
  void json_tells_what_was_chosen() throws IOException {
    write("main.py", "");

    assertThat(init("--json", "--name", "other").out())
        .isEqualTo(
            "{\"file\":\"%s\",\"name\":\"other\",\"script\":\"main.py\"}\n"
                .formatted(project.resolve("Towerfile")));
  }

  @ParameterizedTest
  @CsvSource({"___, my-app", "9, app-9", "admin, app-admin", "--A--, app-a", "a.b_c, a-b-c"})
  void any_folder_gets_a_slug(String folder, String slug) throws IOException {
    Path odd = Files.createDirectory(home.resolve(folder));
    Files.writeString(odd.resolve("main.py"), "");

    assertThat(cli.run("init", "--dir", odd.toString()).exitCode()).isZero();
    assertThat(odd.resolve("Towerfile")).content().contains("name = \"" + slug + "\"");
  }

  private TestCli.Result init(String... more) {
    var line = new ArrayList<>(List.of("init", "--dir", project.toString()));
    line.addAll(List.of(more));
    return cli.run(line.toArray(String[]::new));
  }

  private Towerfile made() throws IOException {
    return TowerfileParser.parse(Files.readString(project.resolve("Towerfile"))).towerfile();
  }

  private static String main() {
    return "import os\nif __name__ == '__main__':\n    print(1)\n";
  }

  private void write(String name, String content) throws IOException {
    Files.createDirectories(project.resolve(name).getParent());
    var unused = Files.writeString(project.resolve(name), content);
  }
}
