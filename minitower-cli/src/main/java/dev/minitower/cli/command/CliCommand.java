package dev.minitower.cli.command;

import java.util.concurrent.Callable;

/** A command; what it answers is the program's exit code. */
abstract class CliCommand implements Callable<Integer> {
  final CommandContext context;

  CliCommand(CommandContext context) {
    this.context = context;
  }
}
