package dev.minitower.runner.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a workload in bubblewrap can reach. */
class SandboxTest {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  @TempDir Path folder;
  private Path hidden;
  private Path workspace;

  @BeforeEach
  void makeFolders() throws Exception {
    assumeTrue(Holds.hasBubblewrap(), "bubblewrap is not installed, or may not make namespaces");
    hidden = Files.createDirectories(folder.resolve("data"));
    workspace = Files.createDirectories(hidden.resolve("work/1"));
    Files.writeString(hidden.resolve("lease.json"), "secret");
  }

  @Test
  void root_is_read_only_and_the_workspace_is_not() throws Exception {
    Exit exit =
        run(true, "touch /usr/x 2>/dev/null || echo read-only; echo kept > file; touch /tmp/mine");

    assertThat(exit.code()).isZero();
    assertThat(lines).containsExactly("read-only");
    assertThat(workspace.resolve("file")).hasContent("kept\n");
    assertThat(Path.of("/tmp/mine")).doesNotExist();
  }

  @Test
  void folder_and_token_file_of_the_runner_are_not_there() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "let-me-in");

    Exit exit =
        runHiding(
            List.of(hidden, token),
            true,
            "cat %s %s; ls %s".formatted(hidden.resolve("lease.json"), token, hidden));

    assertThat(exit.code()).isZero();
    assertThat(lines).contains("work").noneMatch(line -> line.matches(".*(secret|let-me-in).*"));
  }

  @Test
  void only_its_own_processes_are_seen() throws Exception {
    Exit exit = run(true, "ls /proc | grep -c '^[0-9]'; ls -d /proc/$$ >/dev/null");

    assertThat(exit.code()).isZero();
    assertThat(Integer.parseInt(lines.get(0))).isLessThan(6);
  }

  @Test
  void it_has_no_capability_also_of_root() throws Exception {
    Exit exit = run(true, "grep CapEff /proc/self/status; umount /proc 2>/dev/null || echo held");

    assertThat(exit.code()).isZero();
    assertThat(lines).containsExactly("CapEff:\t0000000000000000", "held");
  }

  @Test
  void network_is_there_or_not_as_the_operator_says() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String connect =
          "python3 -c 'import socket; socket.create_connection((\"%s\", %d), 5)' 2>/dev/null"
              .formatted(server.getInetAddress().getHostAddress(), server.getLocalPort());

      assertThat(run(true, connect).code()).isZero();
      assertThat(run(false, connect).code()).isEqualTo(1);
    }
  }

  private Exit run(boolean network, String script) throws IOException, InterruptedException {
    return runHiding(List.of(hidden), network, script);
  }

  private Exit runHiding(List<Path> paths, boolean network, String script)
      throws IOException, InterruptedException {
    var confinement =
        new Confinement(
            new BubblewrapHold(new Sandbox(paths, network)), Isolation.NAMESPACE, Limits.NONE, "");
    var command =
        new Command(
            List.of("/bin/sh", "-c", script),
            Map.of("PATH", System.getenv("PATH")),
            workspace,
            Duration.ofSeconds(30),
            new Marker(UUID.randomUUID().toString(), 1),
            new Access(List.of(workspace), List.of(), false));
    return new Supervisor(confinement, Duration.ofSeconds(1))
        .run(command, new LineSink((stream, line) -> lines.add(line)), new StopSignal());
  }
}
