package dev.minitower.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Tells on a terminal how far a transfer is: a bar, bytes, and bytes a second. */
public final class Progress implements AutoCloseable {
  private static final int LONGEST_BAR = 30;
  private static final int SHORTEST_BAR = 8;

  private final Output output;
  private final InstantSource clock;
  private final String what;
  private final Instant started;
  private final WaitingLine line;
  private volatile State state = new State(0, 0);

  private record State(long sent, long total) {}

  public Progress(Output output, InstantSource clock, String what) {
    this.output = output;
    this.clock = clock;
    this.what = what;
    this.started = clock.instant();
    this.line = WaitingLine.open(output, this::text);
  }

  /** Says that so many of all bytes are transferred. */
  public void update(long sent, long total) {
    state = new State(sent, total);
  }

  String text() {
    State now = state;
    if (now.total() == 0) {
      return what;
    }
    String numbers = numbers(now);
    int room = output.columns() - 5 - DisplayWidth.of(what) - DisplayWidth.of(numbers);
    return room < SHORTEST_BAR
        ? what + "  " + numbers
        : what + "  " + bar(now, Math.min(room, LONGEST_BAR)) + "  " + numbers;
  }

  private static String bar(State now, int width) {
    int filled = (int) (width * now.sent() / now.total());
    return "━".repeat(filled) + "─".repeat(width - filled);
  }

  private String numbers(State now) {
    String sizes = HumanText.size(now.sent()) + " of " + HumanText.size(now.total());
    long percent = 100 * now.sent() / now.total();
    long millis = Duration.between(started, clock.instant()).toMillis();
    if (now.sent() >= now.total()) {
      return percent + " %  " + sizes + ", waiting for the answer";
    }
    return percent + " %  " + sizes + rate(now.sent(), millis);
  }

  private static String rate(long bytes, long millis) {
    return millis == 0 ? "" : "  " + HumanText.size(bytes * 1000 / millis) + "/s";
  }

  /** Wipes the line. */
  @Override
  public void close() {
    line.close();
  }
}
