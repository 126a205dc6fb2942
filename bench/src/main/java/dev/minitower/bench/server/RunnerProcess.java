package dev.minitower.bench.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A real runner with a data folder of its own. */
public final class RunnerProcess implements AutoCloseable {
  private final OwnProcess process;
  private final Scratch scratch;

  private RunnerProcess(OwnProcess process, Scratch scratch) {
    this.process = process;
    this.scratch = scratch;
  }

  /** Returns at once. */
  public static RunnerProcess start(Program program, Target target, Path work) throws IOException {
    Scratch scratch = Scratch.in(work);
    Map<String, String> settings =
        Map.of(
            "MINITOWER_SERVER_URL",
            target.endpoint().url(),
            "MINITOWER_RUNNER_NAME",
            target.newName("runner"),
            "MINITOWER_RUNNER_REGISTRATION_TOKEN",
            target.credentials().registrationToken(),
            "MINITOWER_DATA_DIR",
            scratch.folder().resolve("data").toString());
    OwnProcess process = OwnProcess.start(program, scratch.folder(), "runner", settings);
    return new RunnerProcess(process, scratch);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.close();
    scratch.close();
  }
}
