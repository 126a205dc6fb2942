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
  private static final Pattern USED = Pattern.compile("^ ?(\\S.*) total \\d+K, used (\\d+)K");

  private final Path jcmd;
  private final long pid;

  public JavaHeap(Path jcmd, long pid) {
    this.jcmd = jcmd;
    this.pid = pid;
  }

  /** What is still used after a collection; empty if it can't be asked, as no JVM can. */
  public OptionalLong usedKibAfterCollection() throws IOException, InterruptedException {
    Optional<String> collected = run("GC.run");
    Optional<String> info = collected.isPresent() ? run("GC.heap_info") : Optional.empty();
    return info.isPresent() ? usedKib(info.get()) : OptionalLong.empty();
  }

  /** The sum over the generations, without classes, which lie outside of the heap. */
  static OptionalLong usedKib(String heapInfo) {
    long sum = 0;
    boolean found = false;
    for (String line : heapInfo.lines().toList()) {
      Matcher used = USED.matcher(line);
      if (used.find()) {
        sum += Long.parseLong(used.group(2));
        found = true;
      }
    }
    return found ? OptionalLong.of(sum) : OptionalLong.empty();
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
