package dev.minitower.bench.mode;

import dev.minitower.bench.measure.Report;
import java.util.Locale;

/**
 * The lines of the table of targets that a quick measurement can tell something about. A figure of
 * one short run on a machine that does other things is a hint, not a verdict for good.
 */
enum Goal {
  CYCLES("cycles/s, 16 runners, no logs", "steady_cycles_per_second", 1200, 3000),
  CPU("server CPU us/cycle, no logs", "steady_server_cpu_us_per_cycle", 700, 400),
  CPU_WITH_LOGS("server CPU us/cycle, 100 lines", "steady100_server_cpu_us_per_cycle", 1100, 600),
  LEASE_P50("create -> lease p50, ms", "latency_create_to_lease_p50_ms", 5, 1.5),
  LEASE_P99("create -> lease p99, ms", "latency_create_to_lease_p99_ms", 30, 8),
  FIRST_LINE("create -> first line p50, ms", "latency_create_to_first_line_p50_ms", 150, 40),
  LOG_LINES("durable log lines/s", "logs_lines_per_second", 60_000, 300_000),
  LOG_DISK("disk bytes per 82-byte line", "logs_disk_bytes_per_line", 60, 35),
  HEARTBEATS("heartbeats of 5,000 leases p99, ms", "heartbeats_heartbeat_p99_ms", 100, 20),
  MISSED("heartbeats missed", "heartbeats_heartbeats_missed", 0, 0),
  WAITER_THREADS("server threads per waiter", "waiters_threads_per_waiter", 0.5, 0.15),
  WAITER_HEAP("heap KiB per waiter", "waiters_heap_kib_per_waiter", 60, 20),
  START("server start to ready, s", "start_seconds", 3.0, 1.2),
  IDLE_RSS("idle RSS of the server, MiB", "idle_rss_mib", 250, 150);

  private final String label;
  private final String figure;
  private final double must;
  private final double aim;

  Goal(String label, String figure, double must, double aim) {
    this.label = label;
    this.figure = figure;
    this.must = must;
    this.aim = aim;
  }

  static String head() {
    return "%-36s %9s %9s %11s  %s".formatted("what", "must", "aim", "measured", "verdict");
  }

  String line(Report report) {
    if (!report.has(figure)) {
      return "%-36s %9s %9s %11s  %s"
          .formatted(label, shown(must), shown(aim), "-", "not measured");
    }
    double measured = report.figure(figure);
    return "%-36s %9s %9s %11s  %s"
        .formatted(label, shown(must), shown(aim), shown(measured), verdict(measured));
  }

  String verdict(double measured) {
    return meets(measured, aim) ? "aim" : meets(measured, must) ? "must" : "MISSED";
  }

  /** More is better where the aim is over what must be. */
  private boolean meets(double measured, double limit) {
    return aim > must ? measured >= limit : measured <= limit;
  }

  private static String shown(double value) {
    int decimals = value == Math.rint(value) || Math.abs(value) >= 100 ? 0 : value < 1 ? 2 : 1;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
