package dev.minitower.bench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of another JVM, by its JDK's {@code jcmd}. */
public final class JavaHeap {
  private static final int SECONDS = 20;
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+) *$");

  private final Path jcmd;
  private final long pid;

  public JavaHeap(Path jcmd, long pid) {
    this.jcmd = jcmd;
    this.pid = pid;
  }

  /**
   * The size of what is still referenced, counted in the pause of the collection that found it, so
   * that it says the same on a busy server; empty if it can't be asked, as no JVM can.
   */
  public OptionalLong liveKib() throws IOException, InterruptedException {
    Optional<String> histogram = run("GC.class_histogram");
    return histogram.isPresent() ? liveKib(histogram.get()) : OptionalLong.empty();
  }

  /** From the last line: {@code Total INSTANCES BYTES}. */
  static OptionalLong liveKib(String histogram) {
    Matcher total = TOTAL.matcher(histogram);
    return total.find()
        ? OptionalLong.of(Long.parseLong(total.group(1)) >> 10)
        : OptionalLong.empty();
  }

  private Optional<String> run(String command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(jcmd.toString(), Long.toString(pid), command);
    Process process;
    try {
      process = builder.redirectErrorStream(true).start();
    } catch (IOException e) {
      return Optional.empty();
    }
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      Process unused = process.destroyForcibly();
      return Optional.empty();
    }
    return process.exitValue() == 0 ? Optional.of(output) : Optional.empty();
  }
}
