package dev.minitower.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows under a heading, aligned; nothing is ever cut. */
public final class Table {
  private static final String GAP = "  ";

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  private Table(List<String> headings) {
    this.headings = headings;
  }

  public static Table withColumns(String... headings) {
    return new Table(List.of(headings));
  }

  /** Adds a row with one cell for each heading; an empty cell is shown as a dash. */
  public void row(String... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells under " + headings.size() + " headings");
    }
    rows.add(
        Arrays.stream(cells).map(cell -> cell.isEmpty() ? "-" : Escapes.escape(cell, "")).toList());
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  public void printTo(Output output) {
    int[] widths = widths();
    var text = new StringBuilder();
    appendRow(text, headings, widths, output, true);
    for (List<String> row : rows) {
      appendRow(text, row, widths, output, false);
    }
    output.print(text.toString());
  }

  private int[] widths() {
    int[] widths = headings.stream().mapToInt(Table::width).toArray();
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], width(row.get(column)));
      }
    }
    return widths;
  }

  private void appendRow(
      StringBuilder text, List<String> cells, int[] widths, Output output, boolean heading) {
    for (int column = 0; column < widths.length; column++) {
      String cell = cells.get(column);
      text.append(output.paint(colour(column, cell, heading), cell));
      if (column < widths.length - 1) {
        text.append(" ".repeat(widths[column] - width(cell))).append(GAP);
      }
    }
    text.append('\n');
  }

  private Colour colour(int column, String cell, boolean heading) {
    if (heading) {
      return Colour.BOLD;
    }
    return headings.get(column).equals("STATUS") ? Colour.ofStatus(cell) : Colour.NONE;
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
