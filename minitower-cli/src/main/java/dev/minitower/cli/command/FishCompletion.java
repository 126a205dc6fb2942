package dev.minitower.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The commands and options of a command line as completions of the fish shell. */
final class FishCompletion {
  private final String program;
  private final StringBuilder lines = new StringBuilder();
  private final List<String> paths = new ArrayList<>();
  private final TreeSet<String> withValue = new TreeSet<>();

  private FishCompletion(String program) {
    this.program = program;
  }

  static String of(CommandLine root) {
    var completion = new FishCompletion(root.getCommandName());
    completion.addCommand(root, "");
    return "# Completions of "
        + completion.program
        + " for fish, made by '"
        + completion.program
        + " completion fish'.\n"
        + completion.positionFunction()
        + completion.lines;
  }

  /** Tells how far into the tree of commands the line is; values of options are passed over. */
  private String positionFunction() {
    return """
      function __minitower_cli_at
          set -l path ''
          set -l skip no
          for word in (commandline -opc)[2..-1]
              if test $skip = yes
                  set skip no
                  continue
              end
              switch $word
                  case %s
                      set skip yes
                  case '-*'
                  case '*'
                      if contains -- "$path $word" %s
                          set path "$path $word"
                      end
              end
          end
          test "$path" = "$argv[1]"
      end
      """
        .formatted(quoted(withValue), quoted(paths));
  }

  private void addCommand(CommandLine command, String path) {
    String condition = " -n " + quoted("__minitower_cli_at " + quoted(path));
    command
        .getSubcommands()
        .forEach(
            (name, sub) -> {
              String subPath = path + " " + name;
              paths.add(subPath);
              line(condition + " -f -a " + quoted(name) + describe(sub));
              addCommand(sub, subPath);
            });
    command.getCommandSpec().options().stream()
        .filter(option -> !option.hidden())
        .forEach(option -> line(condition + names(option) + value(option) + describe(option)));
    command.getCommandSpec().positionalParameters().stream()
        .filter(parameter -> parameter.completionCandidates() != null)
        .forEach(parameter -> line(condition + " -f -a " + candidates(parameter)));
  }

  private void line(String completion) {
    lines.append("complete -c ").append(program).append(completion).append('\n');
  }

  private String names(OptionSpec option) {
    var names = new StringBuilder();
    for (String name : option.names()) {
      if (option.arity().max() > 0) {
        withValue.add(name);
      }
      boolean isLong = name.startsWith("--");
      names.append(isLong ? " -l " : " -s ").append(name.substring(isLong ? 2 : 1));
    }
    return option.negatable() ? names + " -l no-" + option.longestName().substring(2) : names + "";
  }

  /** Files are offered where an option takes one, and nowhere else. */
  private static String value(ArgSpec option) {
    if (option.arity().max() == 0) {
      return " -f";
    }
    return option.type() == Path.class || option.paramLabel().contains("FILE") ? " -r -F" : " -x";
  }

  private static String candidates(ArgSpec argument) {
    return quoted(String.join(" ", argument.completionCandidates()));
  }

  private static String describe(CommandLine command) {
    return describe(command.getCommandSpec().usageMessage().description());
  }

  private static String describe(OptionSpec option) {
    return describe(option.description());
  }

  private static String describe(String[] description) {
    return description.length == 0 ? "" : " -d " + quoted(description[0]);
  }

  private static String quoted(Iterable<String> words) {
    var all = new ArrayList<String>();
    words.forEach(word -> all.add(quoted(word)));
    return String.join(" ", all);
  }

  /** In single quotes fish knows two escapes: of the quote and of the backslash. */
  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
