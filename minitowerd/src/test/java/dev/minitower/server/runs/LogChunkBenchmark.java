package dev.minitower.server.runs;

import dev.minitower.model.api.LogStream;
import dev.minitower.model.logs.LogChunkCodec;
import dev.minitower.model.logs.StoredLine;
import dev.minitower.server.TestClock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A chunk of lines of 82 bytes into its stored form and out of it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LogChunkBenchmark {
  @Param({"100", "1000"})
  public int lines;

  private List<StoredLine> chunk;
  private byte[] stored;

  @Setup
  public void prepare() {
    Random random = new Random(1);
    chunk =
        IntStream.range(0, lines)
            .mapToObj(
                i ->
                    new StoredLine(
                        LogStream.STDOUT, TestClock.START.plusMillis(3L * i), text(random, i)))
            .toList();
    stored = LogChunkCodec.encode(chunk);
  }

  private static String text(Random random, int i) {
    String text =
        "INFO  worker-%d order %08x shipped to warehouse %02d in %4d ms, line %05d of it"
            .formatted(
                random.nextInt(8), random.nextInt(), random.nextInt(40), random.nextInt(3000), i);
    if (text.length() != 82) {
      throw new IllegalStateException("a line has %d bytes".formatted(text.length()));
    }
    return text;
  }

  @Benchmark
  public byte[] encode() {
    return LogChunkCodec.encode(chunk);
  }

  @Benchmark
  public List<StoredLine> decode() {
    return LogChunkCodec.decode(stored, lines);
  }
}
