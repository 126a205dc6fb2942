package dev.minitower.cli.command;

import dev.minitower.cli.command.Project.TemporaryArtifact;
import dev.minitower.cli.local.LineOutput;
import dev.minitower.cli.local.LocalRun;
import dev.minitower.cli.local.RawOutput;
import dev.minitower.cli.local.RunnerWarnings;
import dev.minitower.cli.output.Colour;
import dev.minitower.cli.platform.CliException;
import dev.minitower.cli.platform.ExitCodes;
import dev.minitower.cli.platform.Json;
import dev.minitower.cli.platform.OutputClosedException;
import dev.minitower.model.api.LogStream;
import dev.minitower.model.towerfile.InputSchema;
import dev.minitower.model.towerfile.InvalidInputException;
import dev.minitower.runner.execution.Ending;
import dev.minitower.runner.execution.OutputSink;
import dev.minitower.runner.execution.StopReason;
import dev.minitower.runner.execution.StopSignal;
import dev.minitower.runner.execution.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One run of a folder's project on this machine. Ctrl-C ends it as a cancel would. */
final class LocalRunSession {
  private final CommandContext context;
  private final Project project;
  private final StopSignal stop = new StopSignal();
  private final CountDownLatch over = new CountDownLatch(1);

  LocalRunSession(CommandContext context, Project project) {
    this.context = context;
    this.project = project;
  }

  /** Answers the exit code. */
  int run(ObjectNode values) {
    Map<String, @Nullable Object> input = complete(values);
    var registration = context.surroundings().interrupts().onInterrupt(this::cancel);
    try (TemporaryArtifact packed = project.pack(context.err());
        var warnings = RunnerWarnings.to(text -> context.err().line("warning: " + text))) {
      Instant started = context.surroundings().clock().instant();
      Ending ending = execute(packed.artifact().file(), input);
      warnings.flush();
      return conclude(ending, started, input);
    } finally {
      over.countDown();
      registration.close();
    }
  }

  /** As the server does it, when a run is asked for. */
  private Map<String, @Nullable Object> complete(ObjectNode values) {
    try {
      return InputSchema.of(project.towerfile().parameters()).complete(Json.toMap(values));
    } catch (InvalidInputException refused) {
      List<String> details =
          refused.problems().stream()
              .map(problem -> problem.field() + ": " + problem.message())
              .toList();
      throw new CliException(
          "the input doesn't fit the parameters of the Towerfile", ExitCodes.FAILURE, details);
    }
  }

  private Ending execute(Path artifact, Map<String, @Nullable Object> input) {
    var environment = context.surroundings().environment();
    var local = new LocalRun(cacheFolder(environment), environment);
    try {
      if (!context.wantsJson()) {
        return local.execute(artifact, project.towerfile(), input, rawOutput(), stop);
      }
      var lines = new LineOutput(linePrinter());
      Ending ending = local.execute(artifact, project.towerfile(), input, lines, stop);
      lines.end();
      return ending;
    } catch (IOException | UnavailableException failed) {
      throw new CliException(
          "this machine can't run it: "
              + failed.getMessage()
              + " (--local needs Linux, a disk with space, and setsid of util-linux)");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CliException("interrupted");
    }
  }

  private OutputSink rawOutput() {
    var streams = context.surroundings().streams();
    return new RawOutput(streams.out(), streams.err(), this::nobodyReads);
  }

  private BiConsumer<LogStream, String> linePrinter() {
    var seq = new AtomicLong();
    return (stream, line) -> {
      context.out().json(Json.write(entry(seq.incrementAndGet(), stream, line)));
      if (context.out().isClosed()) {
        nobodyReads();
      }
    };
  }

  /** As the server's log has it. */
  private ObjectNode entry(long seq, LogStream stream, String line) {
    return Json.object()
        .put("seq", seq)
        .put("stream", stream.code())
        .put("line", line)
        .put("logged_at", now())
        .put("attempt_no", 1);
  }

  private int conclude(Ending ending, Instant started, Map<String, @Nullable Object> input) {
    if (context.out().isClosed()) {
      throw new OutputClosedException();
    }
    String status =
        switch (ending.kind()) {
          case COMPLETED -> "completed";
          case CANCELLED -> "cancelled";
          case FAILED, HANDED_BACK, LOST -> "failed";
        };
    ObjectNode run = result(ending, status, started);
    if (context.wantsJson()) {
      run.set("input", Json.ofMap(input));
      context.out().json(Json.write(run));
    } else {
      context.err().line(Colour.ofStatus(status), RunEnding.sentence("local run", run));
    }
    return switch (ending.kind()) {
      case COMPLETED -> ExitCodes.OK;
      case CANCELLED -> ExitCodes.CANCELLED;
      case FAILED, HANDED_BACK, LOST -> ExitCodes.FAILURE;
    };
  }

  private ObjectNode result(Ending ending, String status, Instant started) {
    ObjectNode run =
        Json.object()
            .put("app_slug", project.towerfile().name())
            .put("status", status)
            .put("environment", "local")
            .put("started_at", started.toString())
            .put("finished_at", now());
    if (ending.exitCode() != null) {
      run.put("exit_code", ending.exitCode());
    }
    if (ending.message() != null) {
      run.put("error_message", ending.message());
    }
    if (ending.errorClass() != null) {
      run.put("error_class", ending.errorClass().code());
    }
    return run;
  }

  private String now() {
    return context.surroundings().clock().instant().toString();
  }

  private void nobodyReads() {
    stop.stop(StopReason.CANCELLED);
  }

  /** The JVM goes on until this returns, so that nothing of the program is left behind. */
  private void cancel() {
    stop.stop(StopReason.CANCELLED);
    try {
      var unused = over.await(LocalRun.KILL_GRACE.plusSeconds(5).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Not the launcher's own folder, which it tidies. */
  private static Path cacheFolder(Map<String, String> environment) {
    String caches = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path folder =
        caches.isEmpty()
            ? Path.of(environment.getOrDefault("HOME", ""), ".cache")
            : Path.of(caches);
    return folder.resolve("minitower").toAbsolutePath();
  }
}
