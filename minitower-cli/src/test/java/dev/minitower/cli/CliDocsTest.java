package dev.minitower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.cli.command.Commands;
import dev.minitower.cli.platform.ExitCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CliDocsTest {
  private static final Path DOCS = Path.of("..", "docs", "cli.md");
  private static final String BEGIN =
      "<!-- Written by the program's own tests: mvn -pl minitower-cli -am test -Dtest=CliDocsTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dcli-docs.write=true -->\n\n";
  private static final String END = "<!-- end of what is written by the tests -->\n";

  @Test
  void documentation_has_the_commands_that_the_program_has() throws IOException {
    String reference = CommandReference.of(Commands.complete(new TestCli(DOCS).surroundings()));
    String docs = Files.readString(DOCS);
    int begin = docs.indexOf(BEGIN) + BEGIN.length();
    int end = docs.indexOf(END);
    assertThat(docs).contains(BEGIN, END);

    if (Boolean.getBoolean("cli-docs.write")) {
      Files.writeString(DOCS, docs.substring(0, begin) + reference + docs.substring(end));
    }

    assertThat(Files.readString(DOCS).substring(begin)).startsWith(reference + END);
  }

  @Test
  void exit_codes_of_the_documentation_are_those_of_the_program() throws Exception {
    String docs = Files.readString(DOCS);

    for (var constant : ExitCodes.class.getFields()) {
      assertThat(docs).contains("\n| " + constant.getInt(null) + " | ");
    }
  }
}
