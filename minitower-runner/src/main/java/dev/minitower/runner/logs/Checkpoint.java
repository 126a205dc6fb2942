package dev.minitower.runner.logs;

/**
 * How far a log is delivered, and all that is needed to go on from there with the same lines under
 * the same numbers.
 *
 * @param atMillis time of the output that was read last
 * @param nextSeq number of the next line
 * @param stdout begin of a line whose end is still to be read
 * @param stderr likewise
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; goes to a file and comes from there.
record Checkpoint(
    SpoolReader.Place place, long atMillis, long nextSeq, byte[] stdout, byte[] stderr) {
  static final Checkpoint BEGINNING =
      new Checkpoint(SpoolReader.Place.BEGINNING, 0, 1, new byte[0], new byte[0]);
}
