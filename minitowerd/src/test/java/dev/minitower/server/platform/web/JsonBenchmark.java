package dev.minitower.server.platform.web;

import dev.minitower.model.api.LeaseResponse;
import dev.minitower.model.api.LogBatchRequest;
import dev.minitower.model.api.LogLine;
import dev.minitower.model.api.LogStream;
import dev.minitower.server.TestClock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.json.JsonMapper;

/** The two bodies that the hot path is made of: a lease's answer, and a batch of 100 lines. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class JsonBenchmark {
  private static final int LINES = 100;
  private static final String LINE = "order shipped to warehouse ".repeat(4).substring(0, 82);

  private final JsonMapper json = JsonConfiguration.mapper();
  private final LeaseResponse lease =
      new LeaseResponse(
          1_234_567,
          4_711,
          12,
          "nightly-report",
          7,
          "main.py",
          3_600,
          Map.of("customer", "acme", "limit", 500),
          2_345_678,
          1,
          "mtl_" + "a".repeat(43),
          TestClock.START,
          60,
          "0123456789abcdef".repeat(4),
          "default",
          3);
  private final byte[] batch =
      json.writeValueAsBytes(
          new LogBatchRequest(LongStream.rangeClosed(1, LINES).mapToObj(this::line).toList()));

  private LogLine line(long seq) {
    return new LogLine(seq, LogStream.STDOUT, LINE, TestClock.START.plusMillis(3 * seq));
  }

  @Benchmark
  public byte[] writeLease() {
    return json.writeValueAsBytes(lease);
  }

  @Benchmark
  public LogBatchRequest readHundredLines() {
    return json.readValue(batch, LogBatchRequest.class);
  }
}
