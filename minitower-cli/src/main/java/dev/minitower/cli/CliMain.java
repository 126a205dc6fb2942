package dev.minitower.cli;

import dev.minitower.cli.command.Commands;
import dev.minitower.cli.output.Output;
import dev.minitower.cli.platform.ExitCodes;
import dev.minitower.cli.platform.Surroundings;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The entry of {@code minitower-cli}. */
public final class CliMain {
  private CliMain() {}

  public static void main(String[] args) {
    // The JDK's client would otherwise send a POST again by itself when an idle connection was
    // dead.
    System.setProperty("sun.net.http.retryPost", "false");
    System.exit(run(Surroundings.ofProcess(), args));
  }

  /** Runs one command and answers its exit code; the JVM goes on. */
  static int run(Surroundings surroundings, String... words) {
    String[] args = helpAsOption(words);
    Commands.Tree tree = Commands.create(surroundings, List.of(args));
    CommandLine root = tree.root();
    var errors = new ErrorReport(tree.context().err(), () -> Commands.complete(surroundings));
    int exitCode =
        root.setOut(surroundings.streams().outWriter())
            .setErr(surroundings.streams().errWriter())
            .setColorScheme(Help.defaultColorScheme(Ansi.OFF))
            .setExpandAtFiles(false)
            .setCaseInsensitiveEnumValuesAllowed(false)
            .setParameterExceptionHandler(errors)
            .setExecutionExceptionHandler(errors)
            .setExecutionStrategy(parsed -> execute(root, tree.context().out(), parsed))
            .execute(args);
    return tree.context().out().isClosed() && exitCode == ExitCodes.OK
        ? ExitCodes.FAILURE
        : exitCode;
  }

  /** Help is coloured as the options say, which are known only now. */
  private static int execute(CommandLine root, Output out, ParseResult parsed) {
    if (out.isColoured()) {
      root.setColorScheme(Help.defaultColorScheme(Ansi.ON));
    }
    return new RunLast().execute(parsed);
  }

  /** {@code help runs list} is {@code runs list --help}, as many programs have it. */
  private static String[] helpAsOption(String[] words) {
    if (words.length == 0 || !words[0].equals("help")) {
      return words;
    }
    String[] args = Arrays.copyOfRange(words, 1, words.length + 1);
    args[args.length - 1] = "--help";
    return args;
  }
}
