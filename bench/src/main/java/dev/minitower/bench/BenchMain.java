package dev.minitower.bench;

import dev.minitower.bench.mode.CompareMode;
import dev.minitower.bench.mode.DepthMode;
import dev.minitower.bench.mode.DrainMode;
import dev.minitower.bench.mode.HeartbeatsMode;
import dev.minitower.bench.mode.LatencyMode;
import dev.minitower.bench.mode.LogsMode;
import dev.minitower.bench.mode.QuickMode;
import dev.minitower.bench.mode.ReadsMode;
import dev.minitower.bench.mode.ScaleMode;
import dev.minitower.bench.mode.SoakMode;
import dev.minitower.bench.mode.SteadyMode;
import dev.minitower.bench.mode.WaitersMode;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The entry of {@code bench.jar}: one subcommand per mode. */
@Command(
    name = "bench",
    description = "Puts a control plane under load, measures it and checks what it did.",
    mixinStandardHelpOptions = true,
    subcommands = {
      QuickMode.class,
      CompareMode.class,
      SteadyMode.class,
      DrainMode.class,
      LatencyMode.class,
      LogsMode.class,
      HeartbeatsMode.class,
      WaitersMode.class,
      DepthMode.class,
      ReadsMode.class,
      SoakMode.class,
      ScaleMode.class
    })
public final class BenchMain {
  private BenchMain() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new BenchMain()).setExecutionExceptionHandler(BenchMain::explain);
  }

  /** What a server or a disk did wrong needs no stack; what this program did does. */
  private static int explain(Exception failure, CommandLine command, ParseResult unused)
      throws Exception {
    if (failure instanceof IOException) {
      command.getErr().println("bench: " + failure.getMessage());
      return command.getCommandSpec().exitCodeOnExecutionException();
    }
    throw failure;
  }
}
