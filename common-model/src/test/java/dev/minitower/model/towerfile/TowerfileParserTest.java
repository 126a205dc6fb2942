package dev.minitower.model.towerfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TowerfileParserTest {
  private static Towerfile parse(String toml) {
    return TowerfileParser.parse(toml).towerfile();
  }

  private static Towerfile app(String lines) {
    return parse("[app]\nname = 'demo'\nscript = 'main.py'\n" + lines);
  }

  @Test
  void everything_that_the_format_knows_is_read() {
    Towerfile towerfile =
        parse(
            """
            [app]
            name = "nightly-report"
            script = "./src/main.py"
            source = ["./src/**/*.py", "data/*.csv"]
            import_paths = ["./lib/", "vendor//python"]
            description = "Counts things"
            schedule = "0 5 * * *"

            [app.timeout]
            seconds = 90

            [[parameters]]
            name = "day"
            description = "which day"
            default = "today"

            [[parameters]]
            name = "LIMIT"
            type = "integer"
            default = 10
            hidden = true
            """);

    assertThat(towerfile)
        .isEqualTo(
            new Towerfile(
                "nightly-report",
                "src/main.py",
                List.of("./src/**/*.py", "data/*.csv"),
                List.of("lib", "vendor/python"),
                "Counts things",
                90,
                "0 5 * * *",
                List.of(
                    new Parameter("day", "which day", ParameterType.STRING, "today", false),
                    new Parameter("LIMIT", null, ParameterType.INTEGER, 10L, true))));
  }

  @Test
  void name_and_script_are_enough() {
    assertThat(app(""))
        .isEqualTo(
            new Towerfile("demo", "main.py", List.of(), List.of(), null, null, null, List.of()));
  }

  @Test
  void towerfile_as_the_original_platform_writes_it_deploys_unchanged() {
    ParsedTowerfile parsed =
        TowerfileParser.parse(
            """
            [app]
            name = "hello-world"
            script = "./task.py"
            source = ["./**"]
            schedule = "0 0 * * *"

            [build]
            python = "3.11"

            [[parameters]]
            name = "friend"
            default = "Computer"
            """);

    assertThat(parsed.towerfile().script()).isEqualTo("task.py");
    assertThat(parsed.towerfile().parameters())
        .containsExactly(new Parameter("friend", null, ParameterType.STRING, "Computer", false));
    assertThat(parsed.warnings()).extracting(TowerfileProblem::key).containsExactly("build");
  }

  @Test
  void unknown_keys_are_warnings_with_their_place() {
    ParsedTowerfile parsed =
        TowerfileParser.parse(
            """
            colour = "red"
            [app]
            name = "demo"
            script = "main.py"
              retries = 3
            timeout.minutes = 4
            [[parameters]]
            name = "p"
            "odd key" = 1
            """);

    assertThat(parsed.warnings())
        .extracting(TowerfileProblem::toString)
        .containsExactly(
            "colour (line 1, column 1): is not a known key and does nothing",
            "app.retries (line 5, column 3): is not a known key and does nothing",
            "app.timeout.minutes (line 6, column 1): is not a known key and does nothing",
            "parameters[0].\"odd key\" (line 9, column 1): is not a known key and does nothing");
  }

  @ParameterizedTest
  @CsvSource({
    "main.py, main.py",
    "./main.py, main.py",
    "././a//b/run.sh, a/b/run.sh",
    "a/./b.py, a/b.py",
    "a..b/c.py, a..b/c.py",
    "with space.py, with space.py",
    "größe.py, größe.py"
  })
  void script_is_normalised(String written, String read) {
    Towerfile towerfile = parse("app.name = 'demo'\napp.script = '" + written + "'\n");

    assertThat(towerfile.script()).isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2fast", "00", "a-b", "a1"})
  void names_are_slugs(String name) {
    assertThat(parse("app.name='" + name + "'\napp.script='a.py'").name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "./", "./."})
  void import_path_may_be_the_root(String path) {
    assertThat(app("import_paths = ['" + path + "']").importPaths()).containsExactly(".");
  }

  @Test
  void lists_may_be_empty() {
    Towerfile towerfile = app("source = []\nimport_paths = []\n");

    assertThat(towerfile.source()).isEmpty();
    assertThat(towerfile.importPaths()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 300, Integer.MAX_VALUE})
  void timeout_is_a_number_of_seconds(int seconds) {
    assertThat(app("timeout.seconds = " + seconds).timeoutSeconds()).isEqualTo(seconds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "string  | ''            | STRING  | ''",
        "integer | -5            | INTEGER | -5",
        "integer | 0x10          | INTEGER | 16",
        "number  | 3             | NUMBER  | 3",
        "number  | 2.5           | NUMBER  | 2.5",
        "boolean | false         | BOOLEAN | false"
      })
  void default_is_of_the_declared_type(
      String type, String written, ParameterType expected, String value) {
    String literal = written.isEmpty() ? "''" : written;

    Parameter parameter =
        app("[[parameters]]\nname='p'\ntype='" + type + "'\ndefault=" + literal)
            .parameters()
            .get(0);

    assertThat(parameter.type()).isEqualTo(expected);
    assertThat(String.valueOf(parameter.defaultValue())).isEqualTo(value);
  }

  @Test
  void parameters_may_be_an_inline_list() {
    Towerfile towerfile =
        parse(
            "parameters = [{name='a'}, {name='b', type='boolean'}]\n[app]\nname='demo'\nscript='x.sh'");

    assertThat(towerfile.parameters()).extracting(Parameter::name).containsExactly("a", "b");
  }

  @Test
  void windows_line_ends_are_fine() {
    assertThat(parse("[app]\r\nname = 'demo'\r\nscript = 'main.py'\r\n").name()).isEqualTo("demo");
  }
}
