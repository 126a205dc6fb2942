package dev.minitower.runner;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes as people write them: {@code 500MB} (in thousands), {@code 512MiB} (in 1024s), {@code 5G}.
 */
final class Sizes {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\s?(?:([KMGT])(i?)B?|B)");
  private static final String UNITS = "KMGT";

  private Sizes() {}

  static Optional<Long> parse(String text) {
    Matcher parts = FORM.matcher(text.toUpperCase(Locale.ROOT).replace('I', 'i'));
    if (!parts.matches()) {
      return Optional.empty();
    }
    long bytes = Long.parseLong(parts.group(1));
    String unit = parts.group(2);
    if (unit == null) {
      return Optional.of(bytes);
    }
    long step = parts.group(3).isEmpty() ? 1_000 : 1_024;
    for (int i = 0; i <= UNITS.indexOf(unit); i++) {
      bytes *= step;
    }
    return Optional.of(bytes);
  }
}
