package dev.minitower.cli.command;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes what a shell needs to complete commands and options by the TAB key. */
@Command(
    name = "completion",
    footer = {
      "",
      "Examples: minitower-cli completion bash > ~/.local/share/bash-completion/completions/minitower-cli",
      "          source <(minitower-cli completion zsh)",
      "          minitower-cli completion fish > ~/.config/fish/completions/minitower-cli.fish"
    })
final class CompletionCommand extends PlainCommand {
  /** The lower-case names are what people type. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  @Parameters(paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
  Shell shell = Shell.bash;

  CompletionCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    CommandLine root = Commands.complete(context.surroundings());
    String name = root.getCommandName();
    String script =
        switch (shell) {
          // picocli's script works in zsh as well: it loads bashcompinit there.
          case bash, zsh -> AutoComplete.bash(name, root);
          case fish -> FishCompletion.of(root);
        };
    context.out().text(script);
  }
}
