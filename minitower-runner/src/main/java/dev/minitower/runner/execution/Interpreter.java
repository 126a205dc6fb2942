package dev.minitower.runner.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A Python as it tells of itself.
 *
 * @param executable the program behind what was found, which may be a script that chooses one
 * @param prefix where it is installed
 * @param facts all that decides which packages fit it
 */
record Interpreter(Path executable, Path prefix, String facts) {
  private static final int ANSWER_SECONDS = 30;
  private static final String QUESTION =
      """
      import sys, sysconfig
      print(sys.executable)
      print(sys.prefix)
      print(sys.version.replace("\\n", " "), sys.implementation.name, sys.implementation.cache_tag,
            sysconfig.get_platform(), sysconfig.get_config_var("SOABI"), sys.base_prefix, sep="|")
      """;

  private boolean isUnchanged(Map<Path, String> stamps) {
    return stamps.entrySet().stream().allMatch(e -> e.getValue().equals(stamp(e.getKey())));
  }

  /** Asks, outside of any project: some chooser scripts look for settings there. */
  private static Optional<Interpreter> ask(Path found, Map<String, String> variables)
      throws InterruptedException {
    var builder = new ProcessBuilder(found.toString(), "-I", "-c", QUESTION);
    builder.environment().clear();
    builder.environment().putAll(variables);
    builder.directory(Path.of("/").toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(ANSWER_SECONDS, SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      return read(new String(process.getInputStream().readAllBytes(), UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Interpreter> read(String answer) {
    String[] lines = answer.split("\n");
    return lines.length == 3 && lines[0].startsWith("/")
        ? Optional.of(new Interpreter(Path.of(lines[0]), Path.of(lines[1]), lines[2]))
        : Optional.empty();
  }

  private static String stamp(Path file) {
    try {
      Path real = file.toRealPath();
      return real + " " + Files.getLastModifiedTime(real) + " " + Files.size(real);
    } catch (IOException e) {
      return "none";
    }
  }

  /** Remembers answers for as long as the files stay the same: asking takes a Python's start. */
  static final class Known {
    private final Map<Path, Answer> answers = new ConcurrentHashMap<>();

    /** Empty if it doesn't work. */
    Optional<Interpreter> at(Path found, Map<String, String> variables)
        throws InterruptedException {
      Answer known = answers.get(found);
      if (known != null && known.interpreter.isUnchanged(known.stamps)) {
        return Optional.of(known.interpreter);
      }
      Optional<Interpreter> asked = ask(found, variables);
      asked.ifPresent(
          interpreter -> {
            var stamps = new HashMap<Path, String>();
            stamps.put(found, stamp(found));
            stamps.put(interpreter.executable(), stamp(interpreter.executable()));
            answers.put(found, new Answer(interpreter, stamps));
          });
      return asked;
    }

    private record Answer(Interpreter interpreter, Map<Path, String> stamps) {}
  }
}
