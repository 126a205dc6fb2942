package dev.minitower.server.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} says what the program does, since the program writes it. */
class SettingsTableTest {
  private static final String BEGIN = "<!-- settings of minitowerd: generated -->\n";
  private static final String END = "<!-- end -->";

  @Test
  void the_documented_settings_are_those_of_the_program() throws IOException {
    Path page = page();
    String text = Files.readString(page);
    String wanted = withTable(text, SettingsTable.markdown());

    if (Boolean.getBoolean("settings.write")) {
      Files.writeString(page, wanted);
    }

    assertThat(Files.readString(page))
        .as("out of date; update it with: mvn -pl minitowerd -am test -Dsettings.write=true")
        .isEqualTo(wanted);
  }

  private static String withTable(String text, String table) {
    int begin = text.indexOf(BEGIN);
    assertThat(begin).as("the line %s in docs/configuration.md", BEGIN.strip()).isNotNegative();
    int end = text.indexOf(END, begin);
    assertThat(end).as("the line %s after it", END).isNotNegative();
    return text.substring(0, begin + BEGIN.length()) + table + text.substring(end);
  }

  /** Maven runs the tests in the module's folder, an IDE perhaps in the project's. */
  private static Path page() {
    Path inModule = Path.of("../docs/configuration.md");
    return Files.exists(inModule) ? inModule : Path.of("docs/configuration.md");
  }
}
