package dev.minitower.bench.measure;

import java.util.EnumMap;
import java.util.Map;

/** How long the calls of one stretch of time took. */
public final class Timings {
  private final Map<Call, Histogram> calls = new EnumMap<>(Call.class);

  public Timings() {
    for (Call call : Call.values()) {
      calls.put(call, new Histogram());
    }
  }

  public Histogram of(Call call) {
    return calls.getOrDefault(call, new Histogram());
  }

  /** Into the report, for each kind of call that there was. */
  public void report(Report report) {
    calls.forEach(
        (call, times) -> {
          if (times.count() > 0) {
            report.percentiles(call.label(), times);
          }
        });
  }
}
