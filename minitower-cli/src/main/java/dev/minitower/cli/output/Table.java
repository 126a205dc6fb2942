package dev.minitower.cli.output;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows under a heading, aligned. On a terminal the rows fit its width: the least important columns
 * give way first. In a pipe nothing is ever cut.
 */
public final class Table {
  private static final String GAP = " ".repeat(ColumnWidths.GAP);

  private final List<String> headings;
  private final List<Integer> expendable = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  private Table(List<String> headings) {
    this.headings = headings;
  }

  public static Table withColumns(String... headings) {
    return new Table(List.of(headings));
  }

  /** Says which columns a narrow terminal may do without, the least important first. */
  @CanIgnoreReturnValue
  public Table leastImportant(String... names) {
    for (String name : names) {
      if (!headings.contains(name)) {
        throw new IllegalArgumentException("no column " + name);
      }
      expendable.add(headings.indexOf(name));
    }
    return this;
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
    var text = new StringBuilder();
    ColumnWidths widths = widths(output);
    appendRow(text, headings, widths, output, true);
    for (List<String> row : rows) {
      appendRow(text, row, widths, output, false);
    }
    output.print(text.toString());
  }

  private ColumnWidths widths(Output output) {
    int[] ofHeadings = new int[headings.size()];
    int[] natural = new int[headings.size()];
    for (int column = 0; column < natural.length; column++) {
      ofHeadings[column] = DisplayWidth.of(headings.get(column));
      natural[column] = ofHeadings[column];
      for (List<String> row : rows) {
        int cell = DisplayWidth.of(shown(row.get(column), column, output));
        natural[column] = Math.max(natural[column], cell);
      }
    }
    return ColumnWidths.fit(natural, ofHeadings, expendable, output.columns());
  }

  private void appendRow(
      StringBuilder text, List<String> cells, ColumnWidths widths, Output output, boolean heading) {
    String gap = "";
    int padding = 0;
    for (int column : widths.shown()) {
      String cell = cells.get(column);
      String whole = heading ? cell : shown(cell, column, output);
      String shown = DisplayWidth.shorten(whole, widths.of(column));
      Colour colour = heading ? Colour.BOLD : colour(column, cell);
      text.append(" ".repeat(padding)).append(gap).append(output.paint(colour, shown));
      padding = widths.of(column) - DisplayWidth.of(shown);
      gap = GAP;
    }
    text.append('\n');
  }

  private String shown(String cell, int column, Output output) {
    return isStatus(column) ? Colour.withMark(cell, output) : cell;
  }

  private Colour colour(int column, String cell) {
    return isStatus(column) ? Colour.ofStatus(cell) : Colour.NONE;
  }

  private boolean isStatus(int column) {
    return headings.get(column).equals("STATUS");
  }
}
