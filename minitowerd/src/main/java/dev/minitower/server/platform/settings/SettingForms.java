package dev.minitower.server.platform.settings;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the values of settings are written, without space around them. Each method throws {@link
 * IllegalArgumentException}.
 */
final class SettingForms {
  static final String DURATION = "a duration such as 500ms, 60s, 15m or 24h, at most 3650d";
  static final String DURATION_OR_OFF = DURATION + ", or 0 for off";
  static final String SIZE = "a size in bytes, or such as 512KiB, 10MiB, 2GiB";
  static final String ADDRESS = "host:port, [v6 address]:port or :port (all addresses)";
  static final String BOOLEAN = "true or false";
  static final String PATH = "a path";
  static final String ORIGINS = "origins such as https://console.example.org, joined by commas";
  static final String SECRET = "at least 16 printable ASCII characters without spaces";

  private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,15})([a-z]*)");
  private static final Pattern HOST_PORT =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]\\s]*):(\\d{1,5})");

  /** As much of ASCII as fits a header: what else is in a token could never be sent. */
  private static final Pattern SENDABLE = Pattern.compile("[!-~]{16,}");

  private static final Duration LONGEST = Duration.ofDays(3_650);
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
  private static final Map<String, Long> BYTES =
      Map.ofEntries(
          Map.entry("", 1L),
          Map.entry("b", 1L),
          Map.entry("kb", 1_000L),
          Map.entry("mb", 1_000_000L),
          Map.entry("gb", 1_000_000_000L),
          Map.entry("k", 1L << 10),
          Map.entry("kib", 1L << 10),
          Map.entry("m", 1L << 20),
          Map.entry("mib", 1L << 20),
          Map.entry("g", 1L << 30),
          Map.entry("gib", 1L << 30));

  private SettingForms() {}

  static Duration duration(String text) {
    Duration value = durationOrZero(text);
    if (value.isZero()) {
      throw new IllegalArgumentException("zero");
    }
    return value;
  }

  static Duration durationOrZero(String text) {
    Duration value = text.equals("0") ? Duration.ZERO : Duration.ofMillis(scaled(text, MILLIS));
    if (value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("too long");
    }
    return value;
  }

  static long size(String text) {
    long value = scaled(text, BYTES);
    if (value == 0) {
      throw new IllegalArgumentException("zero");
    }
    return value;
  }

  private static long scaled(String text, Map<String, Long> units) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches() || !units.containsKey(matcher.group(2))) {
      throw new IllegalArgumentException(text);
    }
    try {
      return Math.multiplyExact(
          Long.parseLong(matcher.group(1)), units.getOrDefault(matcher.group(2), 0L));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  static ListenAddress address(String text) {
    Matcher matcher = HOST_PORT.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
      throw new IllegalArgumentException(text);
    }
    String host = matcher.group(1).replaceAll("[\\[\\]]", "");
    return new ListenAddress(host, Integer.parseInt(matcher.group(2)));
  }

  static boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes" -> true;
      case "false", "0", "no" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  static Path path(String text) {
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  static String secret(String text) {
    if (!SENDABLE.matcher(text).matches()) {
      throw new IllegalArgumentException("too short, or can't be sent");
    }
    return text;
  }

  static List<String> origins(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::trim)
        .filter(origin -> !origin.isEmpty())
        .map(SettingForms::origin)
        .toList();
  }

  private static String origin(String text) {
    URI uri = URI.create(text);
    boolean isOrigin =
        uri.getScheme() != null
            && uri.getScheme().matches("https?")
            && uri.getHost() != null
            && uri.getRawPath().isEmpty()
            && uri.getRawUserInfo() == null
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null;
    if (!isOrigin) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  /** The same form, but an empty value says "not set". */
  static <T> Function<String, Optional<T>> optional(Function<String, T> reader) {
    return text -> text.isBlank() ? Optional.empty() : Optional.of(reader.apply(text));
  }
}
