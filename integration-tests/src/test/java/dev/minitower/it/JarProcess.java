package dev.minitower.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One of the built jars as a process, started as a person starts it, its output in files. */
final class JarProcess {
  /** Less work for the compilers of many short-lived JVMs that share few cores. */
  private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final Process process;
  private final Path out;
  private final Path err;

  private JarProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts {@code <module>/target/<module>.jar}.
   *
   * @param folder its working directory
   * @param log the name of the two files there that take its output
   * @param settings its environment, on top of ours without anything that means something to it
   */
  static JarProcess start(
      String module, Path folder, String log, Map<String, String> settings, List<String> args) {
    return start(module, folder, log, settings, new File("/dev/null"), args);
  }

  /** The same, begun by another program that becomes it, or watches it. */
  static JarProcess startBy(
      List<String> program, String module, Path folder, String log, Map<String, String> settings) {
    return start(program, module, folder, log, settings, new File("/dev/null"), List.of());
  }

  /** The same with a file as its standard input. */
  static JarProcess start(
      String module,
      Path folder,
      String log,
      Map<String, String> settings,
      File input,
      List<String> args) {
    return start(List.of(), module, folder, log, settings, input, args);
  }

  private static JarProcess start(
      List<String> program,
      String module,
      Path folder,
      String log,
      Map<String, String> settings,
      File input,
      List<String> args) {
    Path out = folder.resolve(log + ".out.log");
    Path err = folder.resolve(log + ".err.log");
    var command = new ArrayList<String>(program);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.addAll(List.of("-jar", jar(module).toString()));
    command.addAll(args);
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectInput(input);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()));
    builder.redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()));
    builder.environment().keySet().removeIf(name -> name.matches("(MINITOWER|PIP|JAVA)_.*"));
    builder.environment().putAll(settings);
    try {
      return new JarProcess(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path jar(String module) {
    Path root = Path.of(System.getProperty("minitower.root", ".."));
    Path jar = root.resolve(module).resolve("target").resolve(module + ".jar").toAbsolutePath();
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(jar + " is missing: build it with 'mvn package'");
    }
    return jar.normalize();
  }

  /** As the kernel's memory killer, or a power switch, would. */
  void killHard() {
    process.destroyForcibly();
    var unused = process.onExit().join();
  }

  /** SIGTERM; returns at once. */
  void terminate() {
    process.destroy();
  }

  int awaitExit(Duration atMost) {
    try {
      if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("no end within " + atMost + " of " + err + ":\n" + err());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
