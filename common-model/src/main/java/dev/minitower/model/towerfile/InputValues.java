package dev.minitower.model.towerfile;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One value against its declared type. Integers come out as Long, or as BigInteger where that is
 * too small; other numbers as they came, or as Double from a string.
 */
final class InputValues {
  /** More digits than anybody needs, and few enough that reading them costs nothing. */
  private static final int MAX_DIGITS = 1_000;

  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,1000}");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?[0-9]{1,1000}(\\.[0-9]{1,1000})?([eE][+-]?[0-9]{1,4})?");

  private InputValues() {}

  /** Why a value can't reach a workload, whatever its type; empty when it can. */
  static Optional<String> problem(@Nullable Object value) {
    if (value instanceof String string && string.indexOf('\0') >= 0) {
      return Optional.of("must not hold NUL, which no environment variable can");
    }
    if (value instanceof Number number && !isFinite(number)) {
      return Optional.of("must be finite");
    }
    return Optional.empty();
  }

  /** The value as the declared type; empty if it is of another and does not read as it either. */
  static Optional<Object> convert(Object value, ParameterType type) {
    return switch (type) {
      case STRING -> value instanceof String ? Optional.of(value) : Optional.empty();
      case INTEGER -> toInteger(value);
      case NUMBER -> toNumber(value);
      case BOOLEAN -> toBoolean(value);
    };
  }

  private static Optional<Object> toInteger(Object value) {
    if (value instanceof String string) {
      return INTEGER.matcher(string).matches()
          ? Optional.of(narrowed(new BigInteger(string)))
          : Optional.empty();
    }
    return value instanceof Number number ? whole(number) : Optional.empty();
  }

  /** JSON knows one kind of number: {@code 3.0} is an integer, {@code 3.5} is not. */
  private static Optional<Object> whole(Number number) {
    if (number instanceof BigInteger big) {
      return Optional.of(narrowed(big));
    }
    if (number instanceof Double || number instanceof Float || number instanceof BigDecimal) {
      BigDecimal decimal = new BigDecimal(number.toString());
      boolean isWhole = decimal.signum() == 0 || decimal.stripTrailingZeros().scale() <= 0;
      return isWhole && decimal.precision() - (long) decimal.scale() <= MAX_DIGITS
          ? Optional.of(narrowed(decimal.toBigInteger()))
          : Optional.empty();
    }
    return Optional.of(number.longValue());
  }

  private static Optional<Object> toNumber(Object value) {
    if (value instanceof Number) {
      return Optional.of(value);
    }
    if (!(value instanceof String string) || !DECIMAL.matcher(string).matches()) {
      return Optional.empty();
    }
    if (INTEGER.matcher(string).matches()) {
      return Optional.of(narrowed(new BigInteger(string)));
    }
    double number = Double.parseDouble(string);
    return Double.isFinite(number) ? Optional.of(number) : Optional.empty();
  }

  private static Optional<Object> toBoolean(Object value) {
    if (value instanceof String string) {
      return switch (string.toLowerCase(Locale.ROOT)) {
        case "true" -> Optional.of(true);
        case "false" -> Optional.of(false);
        default -> Optional.empty();
      };
    }
    return value instanceof Boolean ? Optional.of(value) : Optional.empty();
  }

  private static Object narrowed(BigInteger integer) {
    return integer.bitLength() < Long.SIZE ? (Object) integer.longValue() : integer;
  }

  private static boolean isFinite(Number number) {
    return !(number instanceof Double || number instanceof Float)
        || Double.isFinite(number.doubleValue());
  }
}
