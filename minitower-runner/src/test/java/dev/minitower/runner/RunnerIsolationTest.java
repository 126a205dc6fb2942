package dev.minitower.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.minitower.model.api.Outcome;
import dev.minitower.runner.execution.Holds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a workload can learn of its runner, and a runner that can't give what it is asked for. */
class RunnerIsolationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  private ScriptedControlPlane server;
  private RunnerProcess runner;

  @BeforeEach
  void startServer() throws IOException {
    server = new ScriptedControlPlane(4);
  }

  @AfterEach
  void stop() throws Exception {
    runner.killHard();
    server.close();
  }

  @Test
  void secrets_of_the_runner_are_in_no_process_that_a_workload_sees() throws Exception {
    start(Map.of());

    String seen = seenByWorkload("cat /proc/*/environ /proc/*/cmdline 2>/dev/null");

    assumeTrue(runner.log().contains("held_by=namespace"), "no pid namespace can be made here");
    assertThat(runner.log()).contains("isolation=process");
    assertThat(seen)
        .contains("MINITOWER_RUN_ID")
        .doesNotContain(ScriptedControlPlane.REGISTRATION_TOKEN);
  }

  @Test
  void workload_in_a_sandbox_runs_and_sees_nothing_of_the_runners_folder_and_token_file()
      throws Exception {
    assumeTrue(Holds.hasBubblewrap(), "bubblewrap is not installed, or may not make namespaces");
    Path token =
        Files.writeString(folder.resolve("token"), ScriptedControlPlane.REGISTRATION_TOKEN);
    start(
        Map.of(
            "MINITOWER_ISOLATION", "namespace",
            "MINITOWER_RUNNER_REGISTRATION_TOKEN", "",
            "MINITOWER_RUNNER_REGISTRATION_TOKEN_FILE", token.toString()));

    String seen =
        seenByWorkload(
            "cat %s; find %s -name '*.json'; pwd; touch here; echo to-stdout"
                .formatted(token, folder.resolve("data")));

    assertThat(seen)
        .contains("runner/work/1", "to-stdout")
        .doesNotContain(ScriptedControlPlane.REGISTRATION_TOKEN, ".json");
    assertThat(server.registrations().get(0).isolation()).isEqualTo("namespace");
  }

  @Test
  void runner_that_can_not_give_the_asked_isolation_refuses_to_start_and_says_why()
      throws Exception {
    start(
        Map.of(
            "MINITOWER_ISOLATION",
            "namespace",
            "PATH",
            Files.createDirectory(folder.resolve("empty")).toString()));

    assertThat(runner.awaitExit()).isEqualTo(1);
    assertThat(runner.log())
        .contains("MINITOWER_ISOLATION=namespace can't be had (install bubblewrap")
        .contains("bwrap");
    assertThat(server.calls()).isEmpty();
  }

  private String seenByWorkload(String script) throws IOException {
    FakeRun run = server.queue("main.sh", script);
    awaitCompleted(run);
    return String.join("\n", server.lines(run));
  }

  private void awaitCompleted(FakeRun run) throws IOException {
    await().atMost(PATIENCE).until(() -> !run.results.isEmpty());
    assertThat(run.results.get(0).status()).as(runner.log()).isEqualTo(Outcome.COMPLETED);
  }

  private void start(Map<String, String> settings) throws IOException {
    var all = new HashMap<>(settings);
    all.put("MINITOWER_SERVER_URL", server.url());
    runner = RunnerProcess.start(folder, all);
  }
}
