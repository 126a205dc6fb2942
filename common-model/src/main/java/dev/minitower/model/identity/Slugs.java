package dev.minitower.model.identity;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rule for the names of teams, apps and environments. */
public final class Slugs {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{1,62}");
  private static final Set<String> RESERVED =
      Set.of("api", "admin", "system", "internal", "default");

  private Slugs() {}

  /** What is wrong with the name of a team or an app, in words; empty when it may be used. */
  public static Optional<String> problem(@Nullable String slug) {
    if (slug == null) {
      return Optional.of("is required");
    }
    if (!FORM.matcher(slug).matches() || slug.endsWith("-")) {
      return Optional.of(
          "must be 2 to 63 characters of a-z, 0-9 and '-', beginning with a letter or digit and not"
              + " ending in '-'");
    }
    return RESERVED.contains(slug) ? Optional.of("'" + slug + "' is reserved") : Optional.empty();
  }

  /** The same for an environment, which may also be called {@code default}. */
  public static Optional<String> environmentProblem(@Nullable String slug) {
    return "default".equals(slug) ? Optional.empty() : problem(slug);
  }
}
