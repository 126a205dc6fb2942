package dev.minitower.cli.output;

/**
 * One line below all others that says how things stand now. What is printed through it stands
 * above. Not for outputs that are no terminal: there it only passes on what is printed.
 */
public final class StatusLine {
  private static final String WIPE = "\r\u001b[K";

  private final Output output;
  private final boolean live;
  private String text = "";
  private boolean drawn;
  private boolean over;

  /**
   * @param live whether everything printed above goes to the terminal of the output, too
   */
  public StatusLine(Output output, boolean live) {
    this.output = output;
    this.live = live && output.canRewrite();
  }

  public boolean isLive() {
    return live;
  }

  /** Says something new. */
  public synchronized void show(String newText) {
    text = newText;
    wipe();
    draw();
  }

  /** Runs what prints whole lines. */
  public synchronized void above(Runnable printing) {
    wipe();
    try {
      printing.run();
    } finally {
      draw();
    }
  }

  /** Wipes it for good. */
  public synchronized void end() {
    wipe();
    over = true;
  }

  private void wipe() {
    if (drawn) {
      output.print(WIPE);
      drawn = false;
    }
  }

  private void draw() {
    if (live && !over && !text.isEmpty()) {
      String line = DisplayWidth.shorten(Escapes.escape(text, ""), output.columns() - 1);
      output.print(output.paint(Colour.DIM, line));
      drawn = true;
    }
  }
}
