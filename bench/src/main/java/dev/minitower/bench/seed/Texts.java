package dev.minitower.bench.seed;

import dev.minitower.model.lifecycle.EndReason;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What people give to runs and what runs say of their end: mostly little, now and then a lot. */
final class Texts {
  static final String LOST = EndReason.LEASE_LOST.message("the runner was not heard from in time");
  static final String RELEASED = EndReason.RUNNER_SHUTDOWN.message("handed back by the runner");
  static final String CANCELLED = EndReason.CANCELLED.message("stopped as was asked for");

  private Texts() {}

  /** Seven of ten runs have none; one of a hundred has a long one. */
  static @Nullable String input(SplittableRandom random) {
    int kind = random.nextInt(100);
    if (kind < 70) {
      return null;
    }
    if (kind < 80) {
      return "{\"batch\":" + random.nextInt(1_000) + "}";
    }
    String usual = usual(random);
    return kind < 99 ? usual + "}" : usual + ",\"items\":[" + items(random) + "]}";
  }

  private static String usual(SplittableRandom random) {
    int day = 10 + random.nextInt(18);
    return "{\"customer\":\"c-"
        + random.nextInt(100_000)
        + "\",\"region\":\"eu-west-"
        + random.nextInt(7)
        + "\",\"since\":\"2026-02-"
        + day
        + "T00:00:00Z\",\"mode\":\"incremental\",\"path\":\"s3://data/landing/"
        + random.nextInt(5_000)
        + "/part.parquet\"";
  }

  private static String items(SplittableRandom random) {
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      items.append(i == 0 ? "" : ",").append(random.nextInt(1_000_000));
    }
    return items.toString();
  }

  /** Of a program that failed by itself. */
  static String failure(SplittableRandom random, long runId) {
    int kind = random.nextInt(10);
    if (kind < 5) {
      return EndReason.EXIT.message("exited with code 1");
    }
    String error = "ValueError: row " + runId + " has no price";
    return EndReason.EXIT.message(kind < 9 ? error : traceback(random) + error);
  }

  private static String traceback(SplittableRandom random) {
    StringBuilder lines = new StringBuilder("Traceback (most recent call last):\n");
    int frames = 5 + random.nextInt(20);
    for (int i = 0; i < frames; i++) {
      lines.append("  File \"modules/step_").append(i).append(".py\", line ");
      lines.append(random.nextInt(400)).append(", in load\n");
    }
    return lines.toString();
  }
}
