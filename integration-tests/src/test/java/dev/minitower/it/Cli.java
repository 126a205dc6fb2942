package dev.minitower.it;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** {@code minitower-cli} as a person or a script calls it. */
final class Cli {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path folder;
  private final Map<String, String> settings;
  private final AtomicInteger calls;

  Cli(Path folder, MinitowerServer server, String token) {
    this(
        folder,
        Map.of(
            "MINITOWER_SERVER_URL", server.url(),
            "MINITOWER_API_TOKEN", token,
            "MINITOWER_CLI_CONFIG", folder.resolve("cli-config.json").toString(),
            "XDG_CACHE_HOME", folder.resolve("cache").toString()),
        new AtomicInteger());
  }

  private Cli(Path folder, Map<String, String> settings, AtomicInteger calls) {
    this.folder = folder;
    this.settings = settings;
    this.calls = calls;
  }

  /** For somebody whose environment has neither address nor token. */
  Cli ofNobody(String profiles) {
    Path own = folder.resolve(profiles);
    return new Cli(
        folder,
        Map.of(
            "MINITOWER_CLI_CONFIG", own.toString(),
            "XDG_CACHE_HOME", folder.resolve("cache").toString()),
        calls);
  }

  /** What a call has printed, and how it ended. */
  record Result(int exitCode, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }

    /** A field of what {@code --json} printed. */
    String field(String name) {
      return new JsonMapper().readTree(out).path(name).asString();
    }
  }

  /** A call that goes on while the test does something else. */
  record Call(JarProcess process) {
    Result awaitEnd() {
      int exitCode = process.awaitExit(PATIENCE);
      return new Result(exitCode, process.out(), process.err());
    }

    long linesSoFar() {
      return process.out().lines().count();
    }
  }

  Call start(String... args) {
    String log = "cli-%02d-%s".formatted(calls.incrementAndGet(), args[0]);
    return new Call(JarProcess.start("minitower-cli", folder, log, settings, List.of(args)));
  }

  Result run(String... args) {
    return start(args).awaitEnd();
  }

  /** With something piped in. */
  Result runWith(Path input, String... args) {
    String log = "cli-with-input-%02d".formatted(calls.incrementAndGet());
    return new Call(
            JarProcess.start("minitower-cli", folder, log, settings, input.toFile(), List.of(args)))
        .awaitEnd();
  }

  /** For calls that only prepare a test. */
  Result mustRun(String... args) {
    Result result = run(args);
    if (result.exitCode() != 0) {
      throw new AssertionError(String.join(" ", args) + ": " + result);
    }
    return result;
  }

  void deploy(Project project) {
    var unused = mustRun("deploy", "--dir", project.folder().toString());
  }
}
