package dev.minitower.bench.seed;

import java.util.SplittableRandom;

/**
 * How many attempts each run has: all different, never none, and in the sum as many as are wanted.
 * What one run of a pair has more than the average the other has less.
 */
final class AttemptCounts {
  private final SplittableRandom random;
  private final int runs;
  private final long attempts;
  private int given;
  private long givenAttempts;
  private int ofSecond;

  AttemptCounts(SplittableRandom random, int runs, long attempts) {
    this.random = random;
    this.runs = runs;
    this.attempts = attempts;
  }

  /** No run has more. */
  int most() {
    return runs == 0 ? 0 : (int) (2 * attempts / runs) + 2;
  }

  int next() {
    given++;
    if (given % 2 == 0) {
      return ofSecond;
    }
    int pair = Math.min(2, runs - given + 1);
    long total = attempts * (given - 1 + pair) / runs - givenAttempts;
    givenAttempts += total;
    int first = pair == 1 ? (int) total : 1 + random.nextInt((int) total - 1);
    ofSecond = (int) total - first;
    return first;
  }
}
