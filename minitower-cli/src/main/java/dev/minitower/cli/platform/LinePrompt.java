package dev.minitower.cli.platform;

import java.util.Optional;

/** Asks for a line; empty when there is nobody to ask, or no line came. */
@FunctionalInterface
public interface LinePrompt {
  Optional<String> ask(String question);

  /** Asks on the process's terminal. */
  static Optional<String> onConsole(String question) {
    return TerminalCheck.console().map(console -> console.readLine("%s", question));
  }
}
