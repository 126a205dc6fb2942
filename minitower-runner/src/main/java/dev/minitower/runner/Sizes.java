package dev.minitower.runner;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them: {@code 512KiB}, {@code 10MiB}, {@code 5GB}, or plain. */
final class Sizes {
  private static final Pattern FORM = Pattern.compile("(\\d{1,12})([A-Za-z]*)");
  private static final Map<String, Long> UNITS =
      Map.of(
          "", 1L,
          "B", 1L,
          "kB", 1_000L,
          "MB", 1_000_000L,
          "GB", 1_000_000_000L,
          "KiB", 1L << 10,
          "MiB", 1L << 20,
          "GiB", 1L << 30);

  private Sizes() {}

  static Optional<Long> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches() || !UNITS.containsKey(parts.group(2))) {
      return Optional.empty();
    }
    try {
      long unit = UNITS.getOrDefault(parts.group(2), 1L);
      return Optional.of(Math.multiplyExact(Long.parseLong(parts.group(1)), unit));
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }
}
