package dev.minitower.cli.output;

/** The few colours in use, as the terminal's own palette has them. */
public enum Colour {
  NONE(""),
  BOLD("1"),
  RED("31"),
  GREEN("32"),
  YELLOW("33"),
  BLUE("34"),
  DIM("2");

  private final String code;

  Colour(String code) {
    this.code = code;
  }

  /** The text between the sequences that switch this colour on and off. */
  String around(String text) {
    return this == NONE ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }

  /** The colour of a run's or an attempt's or a runner's status; none for a word not known here. */
  public static Colour ofStatus(String status) {
    return switch (status) {
      case "completed", "online" -> GREEN;
      case "failed", "dead", "expired" -> RED;
      case "cancelled", "cancelling" -> YELLOW;
      case "leased", "running" -> BLUE;
      case "queued", "offline" -> DIM;
      default -> NONE;
    };
  }

  /** The status behind a mark that those see who don't see colours; bare where those are off. */
  public static String withMark(String status, Output output) {
    if (!output.isColoured()) {
      return status;
    }
    String mark =
        switch (status) {
          case "completed", "online" -> "✓ ";
          case "failed", "dead", "expired" -> "✗ ";
          case "cancelled", "cancelling" -> "■ ";
          case "leased", "running" -> "● ";
          case "queued", "offline" -> "○ ";
          default -> "";
        };
    return mark + status;
  }
}
