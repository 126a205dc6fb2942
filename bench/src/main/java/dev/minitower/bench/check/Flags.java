package dev.minitower.bench.check;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** A few bits for each of millions of numbers that lie close together, for many threads. */
final class Flags {
  private static final int CHUNK = 4096;

  private final Map<Long, AtomicIntegerArray> chunks = new ConcurrentHashMap<>();

  /** Sets bits; answers what was there before. */
  int set(long number, int bits) {
    return chunks
        .computeIfAbsent(number / CHUNK, unused -> new AtomicIntegerArray(CHUNK))
        .getAndUpdate((int) (number % CHUNK), before -> before | bits);
  }

  /** Shows each number that has any bit, with its bits. */
  void forEach(Visitor visitor) {
    chunks.forEach(
        (chunk, bits) -> {
          for (int i = 0; i < CHUNK; i++) {
            if (bits.get(i) != 0) {
              visitor.visit(chunk * CHUNK + i, bits.get(i));
            }
          }
        });
  }

  /** Sees one number. */
  interface Visitor {
    void visit(long number, int bits);
  }
}
