package dev.minitower.bench.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that ends with this one at the latest, its output in a file. */
final class OwnProcess implements AutoCloseable {
  private static final int STOP_SECONDS = 20;
  private static final int SHOWN_LINES = 20;

  private final Process process;
  private final Path log;
  private final Runnable atExit = this::kill;

  private OwnProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    AtExit.add(atExit);
  }

  /**
   * Starts a program in a folder.
   *
   * @param settings its environment, on top of ours without what would mean something to it
   */
  static OwnProcess start(Program program, Path folder, String name, Map<String, String> settings)
      throws IOException {
    Path log = Files.createDirectories(folder).resolve(name + ".log");
    var builder = new ProcessBuilder(program.command()).directory(folder.toFile());
    builder.redirectInput(new File("/dev/null"));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(key -> key.matches("(MINITOWER|PIP|JAVA|JDK)_.*"));
    builder.environment().putAll(settings);
    return new OwnProcess(builder.start(), log);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The end of its output, which goes with its folder. */
  String lastWords() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
  }

  /** Asks it to end, and makes it end. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
    AtExit.remove(atExit);
  }

  private void kill() {
    Process unused = process.destroyForcibly().onExit().join();
  }
}
