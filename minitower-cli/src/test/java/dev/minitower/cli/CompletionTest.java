package dev.minitower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CompletionTest {
  @TempDir Path home;

  @ParameterizedTest
  @CsvSource({
    "'minitower-cli ru', run runs runners",
    "'minitower-cli runs lo', logs",
    "'minitower-cli runs logs --gr', --grep",
    "'minitower-cli deploy --dry', --dry-run",
    "'minitower-cli config get s', server",
    "'minitower-cli completion z', zsh",
    "'minitower-cli nonsense x', ''"
  })
  void bash_completes_commands_options_and_values(String line, String expected) throws Exception {
    Path script = home.resolve("completion");
    Files.writeString(script, new TestCli(home).run("completion", "bash").out());

    String offered =
        bash(
            """
            source '%s'
            compopt() { :; } # only allowed while TAB is being handled
            COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            COMP_LINE='%s'; COMP_POINT=${#COMP_LINE}
            _complete_minitower-cli
            printf '%%s\\n' "${COMPREPLY[@]}" | sed 's/ *$//' | sort -u | xargs
            """
                .formatted(script, line, line));

    assertThat(offered.strip().split(" ")).containsExactlyInAnyOrder(expected.split(" "));
  }

  @Test
  void script_of_zsh_loads_what_it_needs() {
    assertThat(new TestCli(home).run("completion", "zsh").out()).contains("bashcompinit");
  }

  @Test
  void fish_knows_every_command_and_option() {
    String script = new TestCli(home).run("completion", "fish").out();

    assertThat(script)
        .contains(
            "complete -c minitower-cli -n '__minitower_cli_at \\'\\'' -f -a 'runs' -d 'Start runs,",
            "complete -c minitower-cli -n '__minitower_cli_at \\' runs\\'' -f -a 'logs' -d 'Print",
            "__minitower_cli_at \\' runs logs\\'' -l grep -x -d 'Only lines in which",
            "__minitower_cli_at \\' runs logs\\'' -s n -l tail -x",
            "__minitower_cli_at \\' deploy\\'' -l create -l no-create -f",
            "__minitower_cli_at \\' deploy\\'' -l dir -r -F",
            "__minitower_cli_at \\' completion\\'' -f -a 'bash zsh fish'",
            "case '--app' '--attempt'");
    assertThat(script.lines().filter(line -> line.startsWith("complete ")))
        .allMatch(
            line -> line.replaceAll("\\\\.", "").chars().filter(c -> c == '\'').count() % 2 == 0);
  }

  private String bash(String commands) throws Exception {
    Process bash =
        new ProcessBuilder("bash", "--norc", "-c", commands).redirectErrorStream(true).start();
    bash.getOutputStream().close();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
