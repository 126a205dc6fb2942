package dev.minitower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The file of the profiles under several processes at once. */
@Timeout(120)
class ProfilesOfProcessesTest {
  private static final int PROCESSES = 6;

  @TempDir Path home;

  @Test
  void changes_of_processes_at_the_same_time_are_all_kept() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      processes.add(
          start("config", "set", "server", "http://host-" + i + ":8080", "--profile", "p" + i));
    }

    for (Process process : processes) {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    }

    Path file = home.resolve(".config/minitower-cli/config.json");
    for (int i = 0; i < PROCESSES; i++) {
      assertThat(Files.readString(file)).contains("\"http://host-" + i + ":8080\"");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  private Process start(String... args) throws IOException {
    var builder =
        new ProcessBuilder(RealCli.command(args))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    RealCli.cleanEnvironment(builder.environment(), home);
    return builder.start();
  }
}
