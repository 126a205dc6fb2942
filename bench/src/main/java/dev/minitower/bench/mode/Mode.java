package dev.minitower.bench.mode;

import dev.minitower.bench.measure.Report;
import dev.minitower.bench.server.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One kind of measurement: a command that ends with 1 if what it saw was not right. */
abstract class Mode implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin TargetOptions targetOptions;

  @Option(names = "--json", paramLabel = "FILE", description = "write the figures there, too")
  @Nullable Path json;

  /** Puts the server under load; the report has what was wrong as well. */
  abstract Report measure(Target target) throws IOException, InterruptedException;

  /** The server that is put under load. */
  Target openTarget() throws IOException, InterruptedException {
    return targetOptions.open();
  }

  @Override
  public final Integer call() throws IOException, InterruptedException {
    Report report;
    try (Target target = openTarget()) {
      report = measure(target);
    }
    PrintWriter out = spec.commandLine().getOut();
    report.print(out);
    if (json != null) {
      report.write(json);
    }
    return report.isClean() ? 0 : 1;
  }
}
