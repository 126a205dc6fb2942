package dev.minitower.cli.output;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;

/** One thing, a line for each of its fields; fields without a value are left out. */
public final class Details {
  private final List<Field> fields = new ArrayList<>();

  private record Field(String name, String value) {}

  @CanIgnoreReturnValue
  public Details add(String name, String value) {
    if (!value.isEmpty()) {
      fields.add(new Field(name, value));
    }
    return this;
  }

  public void printTo(Output output) {
    int width = fields.stream().mapToInt(field -> field.name().length()).max().orElse(0);
    var text = new StringBuilder();
    for (Field field : fields) {
      String whole =
          field.name().equals("status") ? Colour.withMark(field.value(), output) : field.value();
      String value = Escapes.escape(whole, "");
      text.append(field.name())
          .append(':')
          .append(" ".repeat(width - field.name().length() + 1))
          .append(output.paint(colour(field), value))
          .append('\n');
    }
    output.print(text.toString());
  }

  private static Colour colour(Field field) {
    return field.name().equals("status") ? Colour.ofStatus(field.value()) : Colour.NONE;
  }
}
