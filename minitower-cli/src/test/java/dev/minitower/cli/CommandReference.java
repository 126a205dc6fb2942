package dev.minitower.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ScopeType;

/** The commands and their options as Markdown, from what the program itself reads them by. */
final class CommandReference {
  private final StringBuilder text = new StringBuilder();

  private CommandReference() {}

  static String of(CommandLine root) {
    var reference = new CommandReference();
    reference.paragraph("Every command takes, before or after its name:");
    reference.table(
        root.getCommandSpec().options().stream()
            .filter(option -> option.scopeType() == ScopeType.INHERIT)
            .map(CommandReference::row));
    root.getSubcommands().forEach(reference::add);
    return reference.text.toString();
  }

  private void add(String name, CommandLine command) {
    if (command.getSubcommands().isEmpty()) {
      addCommand("### ", name, command);
      return;
    }
    text.append("### `").append(name).append("`\n\n");
    paragraph(description(command));
    command.getSubcommands().forEach((sub, leaf) -> addCommand("#### ", name + " " + sub, leaf));
  }

  private void addCommand(String heading, String path, CommandLine command) {
    String arguments =
        command.getCommandSpec().positionalParameters().stream()
            .map(
                argument ->
                    argument.required()
                        ? " " + argument.paramLabel()
                        : " [" + argument.paramLabel() + "]")
            .collect(Collectors.joining());
    text.append(heading).append('`').append(path).append(arguments).append("`\n\n");
    paragraph(description(command));
    table(
        Stream.concat(
            command.getCommandSpec().positionalParameters().stream().map(CommandReference::row),
            command.getCommandSpec().options().stream()
                .filter(option -> !option.inherited())
                .map(CommandReference::row)));
    addFooter(command.getCommandSpec().usageMessage().footer());
  }

  /** What stands below a command's options in its help: remarks, then examples. */
  private void addFooter(String[] footer) {
    var remarks = new ArrayList<String>();
    var examples = new ArrayList<String>();
    for (String line : footer) {
      if (line.startsWith("Example") || line.startsWith("  ")) {
        examples.add(line.replaceFirst("^Examples?:", "").strip());
      } else if (!line.isEmpty()) {
        remarks.add(line);
      }
    }
    if (!remarks.isEmpty()) {
      paragraph(String.join(" ", remarks));
    }
    if (!examples.isEmpty()) {
      paragraph("```sh\n" + String.join("\n", examples) + "\n```");
    }
  }

  private void paragraph(String paragraph) {
    text.append(paragraph).append("\n\n");
  }

  private void table(Stream<String> rows) {
    List<String> lines = rows.toList();
    if (!lines.isEmpty()) {
      paragraph("| | |\n| --- | --- |\n" + String.join("\n", lines));
    }
  }

  private static String row(PositionalParamSpec argument) {
    return row("`" + argument.paramLabel() + "`", argument);
  }

  private static String row(OptionSpec option) {
    String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
    var names = new ArrayList<>(List.of(option.names()));
    if (option.negatable()) {
      names.add("--no-" + option.longestName().substring(2));
    }
    String all = names.stream().map(name -> "`" + name).collect(Collectors.joining("`, "));
    return row(all + value + "`", option);
  }

  private static String row(String what, ArgSpec argument) {
    String description = String.join(" ", argument.description());
    return "| " + what.replace("|", "\\|") + " | " + description.replace("|", "\\|") + " |";
  }

  private static String description(CommandLine command) {
    return String.join(" ", command.getCommandSpec().usageMessage().description());
  }
}
