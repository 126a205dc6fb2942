package dev.minitower.cli;

import dev.minitower.cli.output.Colour;
import dev.minitower.cli.output.Output;
import dev.minitower.cli.platform.CliException;
import dev.minitower.cli.platform.ExitCodes;
import dev.minitower.cli.platform.OutputClosedException;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says why a command failed: a line with cause and remedy, then a line for each detail. */
final class ErrorReport implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final Output err;
  private final Supplier<CommandLine> complete;

  /**
   * @param complete all commands, made when one is looked for
   */
  ErrorReport(Output err, Supplier<CommandLine> complete) {
    this.err = err;
    this.complete = complete;
  }

  @Override
  public int handleParseException(ParameterException misread, String[] args) {
    CommandLine command = misread.getCommandLine();
    if (isIncomplete(misread)) {
      command.usage(command.getErr());
      return ExitCodes.USAGE;
    }
    if (misread instanceof UnmatchedArgumentException unmatched) {
      reportUnknown(unmatched);
    } else {
      report(String.valueOf(misread.getMessage()), List.of());
    }
    err.line("see: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCodes.USAGE;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult parseResult) {
    if (failure instanceof OutputClosedException closed) {
      return closed.exitCode();
    }
    if (failure instanceof CliException expected) {
      report(expected.sentence(), expected.details());
      return expected.exitCode();
    }
    report("this is a bug in minitower-cli: " + failure + place(failure), List.of());
    return ExitCodes.FAILURE;
  }

  private void report(String sentence, List<String> details) {
    err.line(Colour.RED, "error: " + sentence);
    details.forEach(detail -> err.line("  " + detail));
  }

  /** Nothing is wrong with the command line but that it ends before the name of a command. */
  private static boolean isIncomplete(ParameterException misread) {
    return misread.getClass() == ParameterException.class
        && !misread.getCommandLine().getSubcommands().isEmpty();
  }

  /** Most often a slip of the fingers, or a command of another program. */
  private void reportUnknown(UnmatchedArgumentException unmatched) {
    CommandLine command = unmatched.getCommandLine();
    String word = unmatched.getUnmatched().isEmpty() ? "" : unmatched.getUnmatched().get(0);
    if (command.getSubcommands().isEmpty() && !word.startsWith("-")) {
      report("'" + word + "' is one argument too many", List.of());
      return;
    }
    var suggestions = new Suggestions(complete.get());
    boolean isOption = word.startsWith("-");
    List<String> meant =
        isOption ? suggestions.options(command, word) : suggestions.commands(command, word);
    report(
        "unknown " + (isOption ? "option" : "command") + " '" + word + "'",
        meant.stream().map(name -> "did you mean " + name + "?").toList());
  }

  /** Where it happened: what a report of the bug needs most. */
  private static String place(Exception failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return trace.length == 0 ? "" : " at " + trace[0];
  }
}
