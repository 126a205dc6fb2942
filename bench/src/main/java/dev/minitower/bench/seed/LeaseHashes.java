package dev.minitower.bench.seed;

import java.util.SplittableRandom;

/**
 * As many made-up hashes as are wanted, from small to great and spread over all that there are: the
 * unique index grows at its end, and later a real one lands anywhere in it.
 */
final class LeaseHashes {
  private static final char[] DIGITS = "0123456789abcdef".toCharArray();
  private static final long HIGHEST = 1L << 62;

  private final SplittableRandom random;
  private final long step;
  private long first;

  LeaseHashes(SplittableRandom random, long wanted) {
    this.random = random;
    this.step = HIGHEST / (wanted + 1);
  }

  String next() {
    first += step;
    char[] hex = new char[64];
    // Times four: the first digit takes all of its values.
    write(hex, 0, (first << 2) + random.nextInt(4));
    for (int at = 16; at < 64; at += 16) {
      write(hex, at, random.nextLong());
    }
    return new String(hex);
  }

  private static void write(char[] hex, int at, long value) {
    for (int i = 0; i < 16; i++) {
      hex[at + i] = DIGITS[(int) (value >>> (60 - 4 * i)) & 0xf];
    }
  }
}
