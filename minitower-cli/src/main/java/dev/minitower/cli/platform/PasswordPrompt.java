package dev.minitower.cli.platform;

import java.util.Optional;

/** Asks for a password without showing it; empty when there is nobody to ask. */
@FunctionalInterface
public interface PasswordPrompt {
  Optional<String> ask(String question);

  /** Asks on the process's terminal. */
  static Optional<String> onConsole(String question) {
    return TerminalCheck.console()
        .map(console -> console.readPassword("%s", question))
        .map(String::new);
  }
}
