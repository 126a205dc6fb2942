package dev.minitower.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as a person at a terminal has it: a process of its own on a pseudo-terminal. */
@Timeout(120)
class TerminalTest {
  private static final String ME = "{\"team_slug\":\"acme\",\"token_id\":7,\"role\":\"admin\"}";
  private static final String WIPE = "\r\u001b[K";

  @TempDir Path folder;

  private final CountDownLatch answerNow = new CountDownLatch(1);
  private ScriptedControlPlane server;
  private String token = "mtk_secret";

  @BeforeEach
  void start() {
    server = ScriptedControlPlane.start();
  }

  @AfterEach
  void stop() {
    answerNow.countDown();
    server.close();
  }

  @Test
  void password_is_asked_for_and_not_shown() throws Exception {
    token = "";
    server
        .answers("POST /api/v1/teams/login", 201, "{\"token\":\"mtk_new\"}")
        .answers("GET /api/v1/me", 200, ME);

    Process cli =
        onTerminal(80, "[[\"Password of team acme: \", \"open sesame\\n\"]]", "login", "acme");

    assertThat(exitCode(cli)).isZero();
    assertThat(server.only("POST /api/v1/teams/login").text())
        .contains("\"password\":\"open sesame\"");
    assertThat(shown()).contains("logged in to team acme").doesNotContain("sesame");
  }

  @Test
  void table_fits_the_terminal_and_its_states_have_colours_and_marks() throws Exception {
    String app = "an-app-with-a-name-that-is-rather-long";
    server.answers(
        "GET /api/v1/runs",
        200,
        "{\"runs\":[" + Sample.run("completed").replace("\"hello\"", "\"" + app + "\"") + "]}");

    Process cli = onTerminal(52, "[]", "runs", "list");

    assertThat(exitCode(cli)).isZero();
    assertThat(shown()).contains("\u001b[32m✓ completed\u001b[0m");
    assertThat(shown().replaceAll("\u001b\\[[0-9]*m", "").lines())
        .hasSize(2)
        .allMatch(line -> line.length() <= 52)
        .anyMatch(line -> line.contains("an-app-") && line.contains("…"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--color=never", "--color=auto"})
  void colours_can_be_done_without(String option) throws Exception {
    server.answers("GET /api/v1/runs", 200, "{\"runs\":[" + Sample.run("completed") + "]}");

    Process cli =
        onTerminal(80, "[]", List.of("NO_COLOR=1"), new String[] {"runs", "list", option});

    assertThat(exitCode(cli)).isZero();
    assertThat(shown()).contains("completed").doesNotContain("\u001b", "✓");
  }

  @Test
  void upload_shows_how_far_it_is_and_leaves_nothing_of_that() throws Exception {
    Path project = Files.createDirectories(folder.resolve("project"));
    Files.writeString(
        project.resolve("Towerfile"), "[app]\nname = \"hello\"\nscript = \"main.py\"\n");
    Files.writeString(project.resolve("main.py"), "print(1)\n");
    server
        .answers("GET /api/v1/apps/hello", 200, "{\"slug\":\"hello\"}")
        .answers("GET /api/v1/apps/hello/versions?limit=1", 200, "{\"versions\":[]}")
        .answers(
            "POST /api/v1/apps/hello/versions",
            exchange -> answerLater(exchange, 201, "{\"version_no\":1}"));

    Process cli = onTerminal(100, "[]", "deploy", "--dir", project.toString());
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> shown().matches("(?s).*━+  100 %  \\d+ B of \\d+ B, waiting for the answer.*"));
    answerNow.countDown();

    assertThat(exitCode(cli)).isZero();
    assertThat(shown().substring(shown().lastIndexOf(WIPE) + WIPE.length()))
        .startsWith("deployed hello version 1");
  }

  @Test
  void slow_answer_is_told_of_until_it_comes() throws Exception {
    server.answers("GET /api/v1/me", exchange -> answerLater(exchange, 200, ME));

    Process cli = onTerminal(80, "[]", "me");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> shown().contains("waiting for " + server.url() + " (1 s)"));
    answerNow.countDown();

    assertThat(exitCode(cli)).isZero();
    assertThat(shown().substring(shown().lastIndexOf(WIPE) + WIPE.length()))
        .startsWith("team:")
        .doesNotContain("waiting");
  }

  @Test
  void ctrl_c_leaves_the_run_alone_and_says_how_to_return() throws Exception {
    server.answers(
        "GET /api/v1/runs/12/events",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(Sample.lineEvent(1, 1, "working").getBytes(UTF_8));
          exchange.getResponseBody().flush();
          awaitAnswerNow();
        });

    Process cli = onTerminal(200, "[[\"working\", \"\\u0003\"]]", "runs", "watch", "12");

    assertThat(exitCode(cli)).isEqualTo(130);
    assertThat(shown())
        .contains(
            "run 12 goes on; return to it with 'minitower-cli runs watch 12', cancel it with"
                + " 'minitower-cli runs cancel 12'")
        .doesNotContain("error");
    assertThat(server.calls()).containsExactly("GET /api/v1/runs/12/events");
  }

  private Process onTerminal(int columns, String steps, String... args) throws Exception {
    return onTerminal(columns, steps, List.of(), args);
  }

  private Process onTerminal(int columns, String steps, List<String> variables, String[] args)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("python3", script(), "" + columns, steps, folder.resolve("shown").toString()));
    command.addAll(RealCli.command(args));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("of-python").toFile());
    RealCli.cleanEnvironment(builder.environment(), folder);
    builder.environment().put("MINITOWER_SERVER_URL", server.url());
    builder.environment().put("MINITOWER_API_TOKEN", token);
    for (String variable : variables) {
      builder.environment().put(variable.split("=")[0], variable.split("=")[1]);
    }
    return builder.start();
  }

  private static String script() throws URISyntaxException {
    URL script = TerminalTest.class.getResource("/terminal.py");
    return Path.of(Objects.requireNonNull(script).toURI()).toString();
  }

  private String shown() throws IOException {
    Path shown = folder.resolve("shown");
    return Files.exists(shown) ? new String(Files.readAllBytes(shown), UTF_8) : "";
  }

  private static int exitCode(Process cli) throws InterruptedException {
    assertThat(cli.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return cli.exitValue();
  }

  private void answerLater(HttpExchange exchange, int status, String json) throws IOException {
    exchange.getRequestBody().readAllBytes();
    awaitAnswerNow();
    byte[] body = json.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void awaitAnswerNow() {
    try {
      assertThat(answerNow.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException serverStopped) {
      Thread.currentThread().interrupt();
    }
  }
}
