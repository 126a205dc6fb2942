package dev.minitower.model.towerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TowerfileRefusalTest {
  private static final String FORM =
      "must be the name of an environment variable: letters, digits and '_', not beginning with a"
          + " digit";
  private static final String RESERVED =
      "must not be PATH, HOME, IFS, BASH_ENV, ENV, LD_*, PYTHON* or MINITOWER_*";

  private static List<String> problems(String toml) {
    var e =
        catchThrowableOfType(InvalidTowerfileException.class, () -> TowerfileParser.parse(toml));
    assertThat(e).as("refusal of %s", toml).isNotNull();
    assertThat(e)
        .hasMessage(String.join("\n", e.problems().stream().map(Object::toString).toList()));
    return e.problems().stream().map(TowerfileProblem::toString).toList();
  }

  private static List<String> appProblems(String line) {
    return problems("[app]\nname = 'demo'\nscript = 'main.py'\n" + line + "\n");
  }

  private static List<String> parameterProblems(String lines) {
    return appProblems("[[parameters]]\n" + lines);
  }

  @Test
  void all_errors_are_reported_at_once_in_the_order_of_the_rules() {
    List<String> problems =
        problems(
            """
            [app]
            name = "Demo!"
            script = "main.rb"
            source = ["/etc/*", 3]
            timeout.seconds = 0
            [[parameters]]
            name = "PATH"
            type = "date"
            """);

    assertThat(problems)
        .satisfiesExactly(
            p -> assertThat(p).startsWith("app.name (line 2, column 1): must be 2 to 63"),
            p ->
                assertThat(p)
                    .isEqualTo(
                        "app.script (line 3, column 1): must be a file that ends in .py or .sh"),
            p ->
                assertThat(p)
                    .isEqualTo(
                        "app.source[0] (line 4, column 11): must be relative to the project's"
                            + " root"),
            p ->
                assertThat(p)
                    .isEqualTo(
                        "app.source[1] (line 4, column 21): must be a string, not an integer"),
            p ->
                assertThat(p)
                    .isEqualTo(
                        "app.timeout.seconds (line 5, column 1): must be from 1 to 2147483647"),
            p -> assertThat(p).isEqualTo("parameters[0].name (line 7, column 1): " + RESERVED),
            p ->
                assertThat(p)
                    .isEqualTo(
                        "parameters[0].type (line 8, column 1): must be one of string, integer,"
                            + " number, boolean"));
  }

  @Test
  void every_error_of_the_syntax_has_its_line_and_column() {
    List<String> problems = problems("[app\nname = \nscript='a\nx = 1\nx = 2\n");

    assertThat(problems)
        .containsExactly(
            "Towerfile (line 1, column 5): Unexpected end of line, expected ]",
            "Towerfile (line 2, column 8): Unexpected end of line, expected a value",
            "Towerfile (line 3, column 10): Unexpected end of line, expected '",
            "Towerfile (line 5, column 1): x previously defined at line 4, column 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "# nothing\n", "[app]\n", "title = 'x'"})
  void name_and_script_are_required(String toml) {
    assertThat(problems(toml)).containsExactly("app.name: is required", "app.script: is required");
  }

  static Stream<Arguments> wrongTypes() {
    return Stream.of(
        arguments("app = 3", "app (line 1, column 1): must be a table, not an integer"),
        arguments("app = [1]", "app (line 1, column 1): must be a table, not a list"),
        arguments(
            "app = {name='demo', script=1.5}",
            "app.script (line 1, column 21): must be a string, not a float"),
        arguments(
            "app = {name=true, script='a.py'}",
            "app.name (line 1, column 8): must be a string, not a boolean"));
  }

  @ParameterizedTest
  @MethodSource("wrongTypes")
  void wrong_types_are_named(String toml, String problem) {
    assertThat(problems(toml)).containsExactly(problem);
  }

  static Stream<Arguments> appLines() {
    return Stream.of(
        arguments(
            "source = 'a.py'",
            "app.source (line 4, column 1): must be a list of strings, not a string"),
        arguments("source = ['']", "app.source[0] (line 4, column 11): must not be empty"),
        arguments("source = ['../a']", "app.source[0] (line 4, column 11): must not hold '..'"),
        arguments("source = ['a/../b']", "app.source[0] (line 4, column 11): must not hold '..'"),
        arguments(
            "source = ['C:/a']",
            "app.source[0] (line 4, column 11): must be relative to the project's root"),
        arguments(
            "source = ['a\\*']",
            "app.source[0] (line 4, column 11): must not hold '\\' or NUL; folders are parted by '/'"),
        arguments(
            "import_paths = 'lib'",
            "app.import_paths (line 4, column 1): must be a list of strings, not a string"),
        arguments(
            "import_paths = ['']", "app.import_paths[0] (line 4, column 17): must not be empty"),
        arguments(
            "import_paths = ['a:b']",
            "app.import_paths[0] (line 4, column 17): must not hold ':' or ';', which part folders from each other"),
        arguments(
            "import_paths = ['a', 'b;c']",
            "app.import_paths[1] (line 4, column 22): must not hold ':' or ';', which part folders from each other"),
        arguments(
            "import_paths = ['/lib']",
            "app.import_paths[0] (line 4, column 17): must be relative to the project's root"),
        arguments(
            "import_paths = ['lib/..']",
            "app.import_paths[0] (line 4, column 17): must not hold '..'"),
        arguments(
            "description = 3",
            "app.description (line 4, column 1): must be a string, not an integer"),
        arguments(
            "schedule = ['x']", "app.schedule (line 4, column 1): must be a string, not a list"),
        arguments(
            "schedule = 2026-01-01",
            "app.schedule (line 4, column 1): must be a string, not a date or time"),
        arguments(
            "timeout = 30", "app.timeout (line 4, column 1): must be a table, not an integer"),
        arguments(
            "timeout.seconds = 0",
            "app.timeout.seconds (line 4, column 1): must be from 1 to 2147483647"),
        arguments(
            "timeout.seconds = -1",
            "app.timeout.seconds (line 4, column 1): must be from 1 to 2147483647"),
        arguments(
            "timeout.seconds = 2147483648",
            "app.timeout.seconds (line 4, column 1): must be from 1 to 2147483647"),
        arguments(
            "timeout.seconds = 1.5",
            "app.timeout.seconds (line 4, column 1): must be an integer, not a float"),
        arguments(
            "timeout.seconds = '30'",
            "app.timeout.seconds (line 4, column 1): must be an integer, not a string"),
        arguments(
            "[parameters]\nname='x'",
            "parameters (line 4, column 1): must be a list of tables, not a table"));
  }

  @ParameterizedTest
  @MethodSource("appLines")
  void each_rule_refuses_what_breaks_it(String line, String problem) {
    assertThat(appProblems(line)).containsExactly(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/main.py",
        "../main.py",
        "a/../../b.py",
        "main",
        "main.pyc",
        "main.py/",
        "C:\\a.py",
        "a\\b.py",
        "c:main.py",
        "a\u0000.py",
        ".",
        "a.py\n"
      })
  void script_is_a_relative_path_to_a_python_or_shell_file(String script) {
    String quoted = script.replace("\\", "\\\\").replace("\u0000", "\\u0000").replace("\n", "\\n");

    assertThat(problems("[app]\nname='demo'\nscript=\"" + quoted + "\""))
        .singleElement()
        .asString()
        .startsWith("app.script (line 3, column 1): must ");
  }

  static Stream<Arguments> parameterLines() {
    return Stream.of(
        arguments("description='x'", "parameters[0].name: is required"),
        arguments(
            "name=3", "parameters[0].name (line 5, column 1): must be a string, not an integer"),
        arguments("name='1a'", "parameters[0].name (line 5, column 1): " + FORM),
        arguments("name=''", "parameters[0].name (line 5, column 1): " + FORM),
        arguments("name='a-b'", "parameters[0].name (line 5, column 1): " + FORM),
        arguments("name='ä'", "parameters[0].name (line 5, column 1): " + FORM),
        arguments(
            "name='a'\ntype='float'",
            "parameters[0].type (line 6, column 1): must be one of string, integer, number, boolean"),
        arguments(
            "name='a'\ntype='String'",
            "parameters[0].type (line 6, column 1): must be one of string, integer, number, boolean"),
        arguments(
            "name='a'\ntype=1\ndefault=1",
            "parameters[0].type (line 6, column 1): must be a string, not an integer"),
        arguments(
            "name='a'\nhidden='yes'",
            "parameters[0].hidden (line 6, column 1): must be a boolean, not a string"),
        arguments(
            "name='a'\ndescription=1",
            "parameters[0].description (line 6, column 1): must be a string, not an integer"),
        arguments(
            "name='a'\ndefault=5",
            "parameters[0].default (line 6, column 1): must be a string (the parameter has no 'type'), not an integer"),
        arguments(
            "name='a'\ntype='integer'\ndefault='5'",
            "parameters[0].default (line 7, column 1): must be an integer, not a string"),
        arguments(
            "name='a'\ntype='integer'\ndefault=5.0",
            "parameters[0].default (line 7, column 1): must be an integer, not a float"),
        arguments(
            "name='a'\ntype='boolean'\ndefault=1",
            "parameters[0].default (line 7, column 1): must be a boolean, not an integer"),
        arguments(
            "name='a'\ntype='number'\ndefault=true",
            "parameters[0].default (line 7, column 1): must be a number, not a boolean"),
        arguments(
            "name='a'\ntype='number'\ndefault=inf",
            "parameters[0].default (line 7, column 1): must be finite"),
        arguments(
            "name='a'\ntype='number'\ndefault=nan",
            "parameters[0].default (line 7, column 1): must be finite"),
        arguments(
            "name='a'\ntype='string'\ndefault=['x']",
            "parameters[0].default (line 7, column 1): must be a string, not a list"),
        arguments(
            "name='a'\ndefault=\"a\\u0000b\"",
            "parameters[0].default (line 6, column 1): must not hold NUL, which no environment variable can"),
        arguments(
            "name='a'\n[[parameters]]\nname='b'\n[[parameters]]\nname='a'",
            "parameters[2].name (line 9, column 1): is already the name of parameters[0]"));
  }

  @ParameterizedTest
  @MethodSource("parameterLines")
  void each_rule_of_parameters_refuses_what_breaks_it(String lines, String problem) {
    assertThat(parameterProblems(lines)).containsExactly(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PATH",
        "HOME",
        "IFS",
        "ENV",
        "BASH_ENV",
        "LD_PRELOAD",
        "LD_",
        "PYTHONPATH",
        "PYTHON",
        "PYTHON_X",
        "MINITOWER_RUN_ID",
        "MINITOWER_"
      })
  void names_that_change_how_a_process_is_loaded_are_reserved(String name) {
    assertThat(parameterProblems("name='" + name + "'"))
        .containsExactly("parameters[0].name (line 5, column 1): " + RESERVED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"path", "PATHS", "HOME_DIR", "_", "LDAP", "ENVIRONMENT", "MINITOWER", "x1"})
  void other_names_are_free(String name) {
    assertThat(ParameterNames.problem(name)).isEmpty();
  }

  @Test
  void size_is_counted_in_bytes() {
    String head = "[app]\nname='demo'\nscript='a.py'\ndescription='";
    int room = Towerfile.MAX_BYTES - head.length() - 1;

    assertThat(TowerfileParser.parse(head + "x".repeat(room) + "'").towerfile().name())
        .isEqualTo("demo");
    assertThat(problems(head + "x".repeat(room + 1) + "'"))
        .containsExactly("Towerfile: must be at most 256 KiB");
    assertThat(problems(head + "ä".repeat(room / 2 + 1) + "'"))
        .containsExactly("Towerfile: must be at most 256 KiB");
  }

  @Test
  void long_list_of_problems_is_cut() {
    List<String> problems = problems("=\n".repeat(4_000));

    assertThat(problems).hasSize(101);
    assertThat(problems.get(100)).contains("more than 100 problems");
  }

  static Stream<Arguments> costlyTexts() {
    String quiet = "\n".repeat(200) + "a=1\n";
    return Stream.of(
        arguments("blank lines", "\n".repeat(4_096)),
        arguments("comment lines", "#\n".repeat(100_000)),
        arguments("runs of blank lines", quiet.repeat(24)),
        arguments("open lists", "a=[\n".repeat(60_000)),
        arguments("many open lists", "a=[\n".repeat(4_900)),
        arguments("nested lists", "a=" + "[".repeat(250_000)),
        arguments("nested tables", "a=" + "{b=".repeat(80_000)),
        arguments("dotted keys", "a.".repeat(120_000) + "b=1"),
        arguments("quotes", "\"".repeat(250_000)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("costlyTexts")
  void no_text_keeps_the_parser_busy(String name, String toml) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(problems(toml)).isNotEmpty());
  }

  @Test
  void run_of_blank_lines_is_refused_where_it_gets_too_long() {
    String good = "[app]\nname='demo'\n" + "\n".repeat(200) + "script='a.py'\n";

    assertThat(TowerfileParser.parse(good).towerfile().script()).isEqualTo("a.py");
    assertThat(problems("[app]\n" + "\n# x\n".repeat(101)))
        .containsExactly(
            "Towerfile (line 202, column 1): must have at most 200 blank or comment lines in a row");
  }
}
