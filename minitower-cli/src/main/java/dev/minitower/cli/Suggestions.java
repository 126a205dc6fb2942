package dev.minitower.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What somebody may have meant by a word that isn't known. */
final class Suggestions {
  private static final int MOST = 5;

  private final CommandLine all;

  /**
   * @param all the root with every command
   */
  Suggestions(CommandLine all) {
    this.all = all;
  }

  /** Options of the command that are nearly called so. */
  List<String> options(CommandLine command, String word) {
    String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
    return command.getCommandSpec().options().stream()
        .filter(option -> !option.hidden())
        .map(OptionSpec::longestName)
        .filter(option -> isNear(name, option))
        .sorted(Comparator.comparingInt(option -> distance(name, option)))
        .limit(MOST)
        .toList();
  }

  /** Commands in the group that are nearly called so; else those anywhere. */
  List<String> commands(CommandLine group, String word) {
    String prefix = group.getParent() == null ? "" : group.getCommandName() + " ";
    List<String> siblings =
        near(word, prefix, all(group).getSubcommands()).stream().limit(MOST).toList();
    if (!siblings.isEmpty()) {
      return siblings;
    }
    var elsewhere = new ArrayList<>(near(word, "", all.getSubcommands()));
    all.getSubcommands()
        .forEach((name, sub) -> elsewhere.addAll(near(word, name + " ", sub.getSubcommands())));
    return elsewhere.stream().limit(MOST).toList();
  }

  private CommandLine all(CommandLine group) {
    return group.getParent() == null
        ? all
        : all.getSubcommands().getOrDefault(group.getCommandName(), all);
  }

  private static List<String> near(String word, String prefix, Map<String, CommandLine> commands) {
    return commands.keySet().stream()
        .filter(name -> isNear(word, name))
        .sorted(Comparator.comparingInt(name -> distance(word, name)))
        .map(name -> prefix + name)
        .toList();
  }

  /** A slip in a short word, two in a long one, or a word that is not finished. */
  private static boolean isNear(String word, String name) {
    int slips = name.length() < 6 ? 1 : 2;
    return distance(word, name) <= slips || (word.length() >= 3 && name.startsWith(word));
  }

  /** Letters added, left out, replaced or swapped with the next (optimal string alignment). */
  static int distance(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, from, to, i, j);
      }
    }
    return cost[from.length()][to.length()];
  }

  private static int cheapest(int[][] cost, String from, String to, int i, int j) {
    int same = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
    int best = Math.min(cost[i - 1][j - 1] + same, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
