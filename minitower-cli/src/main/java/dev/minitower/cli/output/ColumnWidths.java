package dev.minitower.cli.output;

import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How wide each column of a table is shown so that a row fits a number of columns of the terminal.
 * The least important columns become shorter first, then they are left out, and at last the widest
 * of the others become shorter too.
 */
final class ColumnWidths {
  static final int GAP = 2;

  /** Below this a cell tells nothing any more. */
  private static final int NARROWEST = 8;

  private final int[] natural;
  private final int[] floors;
  private final int room;
  private final SortedSet<Integer> shown = new TreeSet<>();
  private int[] widths;

  private ColumnWidths(int[] natural, int[] headings, int room) {
    this.natural = natural;
    this.floors = new int[natural.length];
    this.room = room;
    this.widths = natural.clone();
    for (int column = 0; column < natural.length; column++) {
      shown.add(column);
      floors[column] = Math.min(natural[column], Math.max(headings[column], NARROWEST));
    }
  }

  /**
   * Fits columns.
   *
   * @param natural the width of each column's widest cell, its heading among them
   * @param headings the width of each heading, below which no column goes
   * @param expendable columns that may be left out, the least important first
   */
  static ColumnWidths fit(int[] natural, int[] headings, List<Integer> expendable, int room) {
    var fitted = new ColumnWidths(natural, headings, room);
    fitted.shrink(expendable);
    for (int next = 0; next < expendable.size() && fitted.excess() > 0; next++) {
      fitted.shown.remove(expendable.get(next));
      fitted.shrink(expendable);
    }
    fitted.squeezeTheWidest();
    return fitted;
  }

  /** The numbers of the columns that are shown. */
  SortedSet<Integer> shown() {
    return shown;
  }

  int of(int column) {
    return widths[column];
  }

  private void shrink(List<Integer> order) {
    widths = natural.clone();
    for (int column : order) {
      if (shown.contains(column)) {
        int spare = widths[column] - floors[column];
        widths[column] -= Math.max(0, Math.min(spare, excess()));
      }
    }
  }

  private void squeezeTheWidest() {
    while (excess() > 0) {
      int widest = shown.first();
      for (int column : shown) {
        if (widths[column] - floors[column] > widths[widest] - floors[widest]) {
          widest = column;
        }
      }
      if (widths[widest] == floors[widest]) {
        return;
      }
      widths[widest]--;
    }
  }

  private int excess() {
    int gaps = GAP * (shown.size() - 1);
    return shown.stream().mapToInt(column -> widths[column]).sum() + gaps - room;
  }

  @Override
  public String toString() {
    return shown + " of " + Arrays.toString(widths);
  }
}
