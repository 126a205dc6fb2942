package dev.minitower.bench.measure;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;

/**
 * How often which duration was seen, to within 1 % of it, from many threads. The buckets are those
 * of HdrHistogram, by Gil Tene: 128 for each power of two.
 */
public final class Histogram {
  private static final int BITS = 7;
  private static final int LINEAR = 1 << BITS;

  private final AtomicLongArray counts = new AtomicLongArray((Long.SIZE - BITS) * LINEAR);
  private final LongAccumulator max = new LongAccumulator(Math::max, 0);

  public void record(long nanos) {
    long value = Math.max(0, nanos);
    long unused = counts.incrementAndGet(bucket(value));
    max.accumulate(value);
  }

  private static int bucket(long value) {
    if (value < LINEAR) {
      return (int) value;
    }
    int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - BITS;
    return (shift + 1) * LINEAR + (int) ((value >>> shift) - LINEAR);
  }

  /** The largest value of a bucket. */
  private static long top(int bucket) {
    if (bucket < LINEAR) {
      return bucket;
    }
    int shift = bucket / LINEAR - 1;
    return ((long) (bucket % LINEAR + LINEAR + 1) << shift) - 1;
  }

  public long count() {
    long count = 0;
    for (int i = 0; i < counts.length(); i++) {
      count += counts.get(i);
    }
    return count;
  }

  public long maxNanos() {
    return max.get();
  }

  /**
   * The smallest duration that at least this share of all did not exceed; 0 if there are none.
   *
   * @param percent over 0, up to 100
   */
  public long percentileNanos(double percent) {
    long rank = Math.max(1, (long) Math.ceil(count() * percent / 100));
    long seen = 0;
    for (int i = 0; i < counts.length(); i++) {
      seen += counts.get(i);
      if (seen >= rank) {
        return Math.min(top(i), maxNanos());
      }
    }
    return 0;
  }
}
