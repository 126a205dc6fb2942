package dev.minitower.server.platform.settings;

import java.util.List;

/**
 * Settings that can't be read; each problem is one line that names setting, value and what is
 * allowed.
 */
public final class InvalidSettingsException extends RuntimeException {
  private final List<String> problems;

  InvalidSettingsException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
