package dev.minitower.runner.logs;

/**
 * How much output came up to some point, counted from the beginning of the attempt.
 *
 * @param bytes all of them, also those that could not be kept
 * @param lines the line ends among them
 * @param unwritten the bytes among them that the disk did not take
 */
record Counts(long bytes, long lines, long unwritten) {
  static final Counts NONE = new Counts(0, 0, 0);

  Counts plusWritten(byte[] output, int count) {
    return new Counts(bytes + count, lines + lineEnds(output, count), unwritten);
  }

  Counts plusUnwritten(byte[] output, int count) {
    return new Counts(bytes + count, lines + lineEnds(output, count), unwritten + count);
  }

  Counts minus(Counts earlier) {
    return new Counts(bytes - earlier.bytes, lines - earlier.lines, unwritten - earlier.unwritten);
  }

  private static int lineEnds(byte[] output, int count) {
    int lineEnds = 0;
    for (int i = 0; i < count; i++) {
      lineEnds += output[i] == '\n' ? 1 : 0;
    }
    return lineEnds;
  }
}
