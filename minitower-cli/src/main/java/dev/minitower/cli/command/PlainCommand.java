package dev.minitower.cli.command;

import dev.minitower.cli.platform.ExitCodes;

/** A command that either does what it is for or throws. */
abstract class PlainCommand extends CliCommand {
  PlainCommand(CommandContext context) {
    super(context);
  }

  abstract void run();

  @Override
  public final Integer call() {
    run();
    return ExitCodes.OK;
  }
}
