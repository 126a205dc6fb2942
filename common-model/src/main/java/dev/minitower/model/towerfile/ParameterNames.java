package dev.minitower.model.towerfile;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which names may become environment variables of a workload. Those that change how a process is
 * loaded or finds its programs may not, whoever asks: a run's input may hold more than the declared
 * parameters, so the runner asks here too.
 */
public final class ParameterNames {
  private static final Pattern FORM = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Set<String> RESERVED = Set.of("PATH", "HOME", "IFS", "BASH_ENV", "ENV");
  private static final List<String> RESERVED_PREFIXES = List.of("LD_", "PYTHON", "MINITOWER_");

  private ParameterNames() {}

  /** What is wrong with a name, in words; empty when it may be used. */
  public static Optional<String> problem(String name) {
    if (!FORM.matcher(name).matches()) {
      return Optional.of(
          "must be the name of an environment variable: letters, digits and '_', not beginning with"
              + " a digit");
    }
    boolean reserved =
        RESERVED.contains(name) || RESERVED_PREFIXES.stream().anyMatch(name::startsWith);
    return reserved
        ? Optional.of("must not be PATH, HOME, IFS, BASH_ENV, ENV, LD_*, PYTHON* or MINITOWER_*")
        : Optional.empty();
  }
}
