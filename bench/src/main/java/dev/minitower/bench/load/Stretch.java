package dev.minitower.bench.load;

import dev.minitower.bench.measure.Call;
import dev.minitower.bench.measure.Report;
import dev.minitower.bench.measure.Timings;

/** What one stretch of a load came to. */
public record Stretch(Timings timings, Meter.Reading used, long errors) {
  public long cycles() {
    return timings.of(Call.RESULT).count();
  }

  public double cyclesPerSecond() {
    return cycles() / used.seconds();
  }

  /** Not a number if the server's process is not known. */
  public double serverMicrosPerCycle() {
    return used.serverMicros().isPresent() ? perCycle(used.serverMicros().getAsLong()) : Double.NaN;
  }

  public void report(Report report) {
    report.put("cycles_per_second", cyclesPerSecond());
    used.serverMicros()
        .ifPresent(micros -> report.put("server_cpu_us_per_cycle", perCycle(micros)));
    report.put("client_cpu_us_per_cycle", perCycle(used.clientMicros()));
    report.put("cycles", cycles());
    report.put("seconds", used.seconds());
    report.put("errors", errors);
    timings.report(report);
  }

  private double perCycle(long micros) {
    return (double) micros / Math.max(1, cycles());
  }
}
