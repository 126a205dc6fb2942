package dev.minitower.runner.cache;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A second program on one cache: uses an entry, makes another, and does the next step when told.
 */
final class OtherProgram implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;

  private OtherProgram(Process process) {
    this.process = process;
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static OtherProgram start(Path cache, String toUse, String toMake) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new OtherProgram(
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                OtherProgram.class.getName(),
                cache.toString(),
                toUse,
                toMake)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  String says() throws IOException {
    return answers.readLine();
  }

  void goOn() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** As a power switch would. */
  void kill() {
    close();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  /** The other program itself. */
  public static void main(String[] args) throws Exception {
    long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    var patience = new Patience(new CompletableFuture<>(), until, () -> {});
    Path outside = Path.of("/nowhere");
    try (Cache cache = Cache.open(Path.of(args[0]), Long.MAX_VALUE);
        Claim using = cache.artifacts().claim(args[1], e -> true, outside, patience).orElseThrow();
        Claim making =
            cache.artifacts().claim(args[2], e -> true, outside, patience).orElseThrow()) {
      System.out.println("uses " + (using.isFilled() ? "filled" : "nothing"));
      Files.writeString(making.folder().resolve("file"), "made by another");
      System.out.println("makes");
      System.in.read();
      making.publish();
      System.out.println("published");
      System.in.read();
    }
  }
}
