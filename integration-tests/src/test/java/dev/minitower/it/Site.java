package dev.minitower.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One server with a team, for the tests of a class, and the runners and calls of each test. After
 * each test its runners are killed and the invariants checked; the files stay below {@code target}.
 */
final class Site implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private static final int SHOWN_LINES = 40;

  private final String leaseTtl;
  private final List<RunnerProcess> runners = new ArrayList<>();
  private Path folder;
  private MinitowerServer server;
  private TeamApi api;
  private Cli cli;

  private Site(String leaseTtl) {
    this.leaseTtl = leaseTtl;
  }

  /** Leases long enough for a slow machine to start a server within one. */
  static Site withLongLeases() {
    return new Site("45s");
  }

  /** Leases short enough to wait for their end. */
  static Site withShortLeases() {
    return new Site("8s");
  }

  MinitowerServer server() {
    return server;
  }

  TeamApi api() {
    return api;
  }

  Cli cli() {
    return cli;
  }

  /** Where a test may keep files. */
  Path folder() {
    return folder;
  }

  RunnerProcess startRunner(String name) {
    RunnerProcess runner = RunnerProcess.start(server, folder, name);
    runners.add(runner);
    return runner;
  }

  Project project(String app, String towerfile) {
    return Project.make(folder.resolve("projects"), app, towerfile);
  }

  Project python(String app, String script) {
    return Project.python(folder.resolve("projects"), app, script);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    Path work = Path.of(System.getProperty("minitower.work", "target/it"));
    folder = work.resolve(context.getRequiredTestClass().getSimpleName()).toAbsolutePath();
    removeTree(folder);
    folder = Files.createDirectories(folder);
    server = MinitowerServer.start(folder, leaseTtl);
    api = new TeamApi(server);
    cli = new Cli(folder, server, api.token());
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    if (context.getExecutionException().isPresent()) {
      showLogs(context.getDisplayName());
    }
    runners.forEach(RunnerProcess::killHard);
    runners.clear();
    DatabaseCheck.assertSound(server, folder);
  }

  /** The last test's files once more, as a crash leaves them. */
  @Override
  public void afterAll(ExtensionContext context) {
    if (server != null) {
      server.killHard();
      DatabaseCheck.assertSound(server, folder);
    }
  }

  private void showLogs(String test) throws IOException {
    System.err.println("== " + test + " failed; the logs in " + folder + " end with:");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".log")).sorted().toList()) {
        List<String> lines = Files.readAllLines(file);
        System.err.println("-- " + file.getFileName());
        lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()).stream()
            .map(line -> line.length() > 300 ? line.substring(0, 300) + "…" : line)
            .forEach(System.err::println);
      }
    }
  }

  static void removeTree(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
