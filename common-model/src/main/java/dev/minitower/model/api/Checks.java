package dev.minitower.model.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.minitower.model.identity.Passwords;
import dev.minitower.model.identity.Slugs;
import dev.minitower.model.identity.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a body's fields, all of it and not only the first. */
final class Checks {
  static final int MAX_LOG_LINES = 1_000;
  static final int MAX_LOG_LINE_BYTES = 8 * 1024;
  private static final int MAX_NAME = 128;
  private static final int MAX_TEXT = 8 * 1024;
  private static final int MAX_LABELS = 64;
  private static final Pattern ISOLATION = Pattern.compile("[a-z-]{1,32}");

  private final List<FieldError> problems = new ArrayList<>();

  List<FieldError> problems() {
    return List.copyOf(problems);
  }

  Checks required(String field, @Nullable Object value) {
    return value == null || "".equals(value) ? refuse(field, "is required") : this;
  }

  Checks slug(String field, @Nullable String value) {
    return refuse(field, Slugs.problem(value));
  }

  Checks environment(String field, @Nullable String value) {
    return value == null ? this : refuse(field, Slugs.environmentProblem(value));
  }

  Checks password(String field, @Nullable String value) {
    return refuse(field, Passwords.problem(value));
  }

  Checks optionalPassword(String field, @Nullable String value) {
    return value == null ? this : password(field, value);
  }

  Checks name(String field, @Nullable String value) {
    return printable(field, value, MAX_NAME);
  }

  Checks optionalName(String field, @Nullable String value) {
    return optionalPrintable(field, value, MAX_NAME);
  }

  Checks printable(String field, @Nullable String value, int max) {
    if (value == null || value.isBlank()) {
      return refuse(field, "is required");
    }
    if (value.codePointCount(0, value.length()) > max
        || value.codePoints().anyMatch(c -> !isPrintable(c))) {
      return refuse(field, "must be 1 to %d printable characters".formatted(max));
    }
    return this;
  }

  Checks optionalPrintable(String field, @Nullable String value, int max) {
    return value == null ? this : printable(field, value, max);
  }

  /** Free text: any characters, bounded. */
  Checks text(String field, @Nullable String value) {
    return text(field, value, MAX_TEXT);
  }

  Checks text(String field, @Nullable String value, int max) {
    return value != null && value.length() > max
        ? refuse(field, "must be at most %d characters long".formatted(max))
        : this;
  }

  Checks range(String field, @Nullable Number value, long min, long max) {
    return value != null && (value.longValue() < min || value.longValue() > max)
        ? refuse(field, "must be from %d to %d".formatted(min, max))
        : this;
  }

  Checks labels(String field, @Nullable Map<String, String> labels) {
    if (labels == null) {
      return this;
    }
    if (labels.size() > MAX_LABELS) {
      return refuse(field, "must have at most %d entries".formatted(MAX_LABELS));
    }
    labels.forEach(
        (key, value) -> {
          var unused = printable(field + "." + key, value, MAX_NAME);
        });
    return this;
  }

  /** The name of a level of isolation; which there are is the runner's to know. */
  Checks isolation(String field, @Nullable String value) {
    return value == null || ISOLATION.matcher(value).matches()
        ? this
        : refuse(field, "must be 1 to 32 characters of a-z and '-'");
  }

  Checks leaseToken(String field, @Nullable String value) {
    return value == null || TokenKind.LEASE.matches(value)
        ? this
        : refuse(field, "must be 'mtl_' and 43 base64url characters");
  }

  Checks logLines(String field, @Nullable List<LogLine> lines) {
    if (lines == null) {
      return refuse(field, "is required");
    }
    if (lines.size() > MAX_LOG_LINES) {
      return refuse(field, "must have at most %d entries".formatted(MAX_LOG_LINES));
    }
    for (int i = 0; i < lines.size(); i++) {
      LogLine line = lines.get(i);
      String at = field + "[" + i + "]";
      if (line == null) {
        return refuse(at, "is required");
      }
      Checks unused =
          required(at + ".seq", line.seq())
              .range(at + ".seq", line.seq(), 1, Long.MAX_VALUE - 1)
              .required(at + ".stream", line.stream())
              .logLine(at + ".line", line.line())
              .required(at + ".logged_at", line.loggedAt());
    }
    return this;
  }

  private Checks logLine(String field, @Nullable String line) {
    if (line == null) {
      return refuse(field, "is required");
    }
    // A character takes at most three bytes of UTF-8, so that most lines need no encoding.
    boolean tooLong =
        line.length() > MAX_LOG_LINE_BYTES / 3 && line.getBytes(UTF_8).length > MAX_LOG_LINE_BYTES;
    return tooLong
        ? refuse(field, "must be at most %d bytes of UTF-8".formatted(MAX_LOG_LINE_BYTES))
        : this;
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private Checks refuse(String field, Optional<String> problem) {
    problem.ifPresent(message -> problems.add(new FieldError(field, message)));
    return this;
  }

  private Checks refuse(String field, String message) {
    problems.add(new FieldError(field, message));
    return this;
  }
}
