package dev.minitower.cli;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.minitower.cli.platform.Interrupts;
import dev.minitower.cli.platform.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Runs the program in this process, in surroundings of its own: nothing waits, noon never ends. */
public final class TestCli {
  public static final Instant NOW = Instant.parse("2026-02-08T12:00:00Z");

  private final Map<String, String> environment = new HashMap<>();
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private final Deque<String> answers = new ArrayDeque<>();
  private String stdin = "";
  private boolean terminal;
  private Optional<String> password = Optional.empty();
  private InstantSource clock = InstantSource.fixed(NOW);
  private Interrupts interrupts = lastWord -> () -> {};

  /** What a command left behind. */
  public record Result(int exitCode, String out, String err) {}

  public TestCli(Path home) {
    environment.put("HOME", home.toString());
  }

  @CanIgnoreReturnValue
  public TestCli at(ScriptedControlPlane server) {
    return with("MINITOWER_SERVER_URL", server.url()).with("MINITOWER_API_TOKEN", "mtk_secret");
  }

  @CanIgnoreReturnValue
  public TestCli with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  @CanIgnoreReturnValue
  public TestCli stdin(String text) {
    stdin = text;
    return this;
  }

  @CanIgnoreReturnValue
  public TestCli onTerminal() {
    terminal = true;
    return this;
  }

  @CanIgnoreReturnValue
  public TestCli password(String typed) {
    password = Optional.of(typed);
    return this;
  }

  /** What a person types, question by question; without any there is nobody to ask. */
  @CanIgnoreReturnValue
  public TestCli typing(String... lines) {
    answers.addAll(List.of(lines));
    return this;
  }

  @CanIgnoreReturnValue
  public TestCli clock(InstantSource source) {
    clock = source;
    return this;
  }

  @CanIgnoreReturnValue
  public TestCli interrupts(Interrupts source) {
    interrupts = source;
    return this;
  }

  public List<Duration> pauses() {
    return List.copyOf(pauses);
  }

  public Result run(String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int exitCode = CliMain.run(surroundings(out, err), args);
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** For those who only look at the program. */
  public Surroundings surroundings() {
    return surroundings(OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
  }

  private Surroundings surroundings(OutputStream out, OutputStream err) {
    var streams =
        new Surroundings.Streams(
            new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            terminal,
            terminal,
            () -> 80);
    return new Surroundings(
        Map.copyOf(environment),
        streams,
        question -> password,
        question -> Optional.ofNullable(answers.poll()),
        clock,
        pauses::add,
        interrupts);
  }
}
