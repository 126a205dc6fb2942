package dev.minitower.server.platform.settings;

import java.util.stream.Collectors;

/** The settings as a table for people. */
final class SettingsTable {
  private SettingsTable() {}

  static String markdown() {
    return SettingsReader.ALL.stream()
        .map(SettingsTable::row)
        .collect(
            Collectors.joining(
                "\n", "| Setting | Default | Form | Meaning |\n| --- | --- | --- | --- |\n", "\n"));
  }

  private static String row(Setting<?> setting) {
    String standard = setting.defaultValue().isEmpty() ? "–" : code(setting.defaultValue());
    return "| %s | %s | %s | %s |"
        .formatted(
            code(setting.name()), standard, cell(setting.allowed()), cell(setting.meaning()));
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
