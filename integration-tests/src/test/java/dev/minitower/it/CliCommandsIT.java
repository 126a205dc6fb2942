package dev.minitower.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Every command of the built command line against a server: what it does, prints and ends with. */
class CliCommandsIT {
  @RegisterExtension static final Site site = Site.withLongLeases();

  private Cli cli;

  @BeforeAll
  static void deployOnce() {
    site.cli()
        .deploy(
            site.project(
                    "steps",
                    """
                    script = "main.sh"
                    [[parameters]]
                    name = "CODE"
                    type = "integer"
                    default = 0
                    """)
                .with("main.sh", "echo one; echo two >&2; echo three; exit $CODE\n"));
    site.cli()
        .deploy(site.project("endless", "script = \"main.sh\"\n").with("main.sh", "sleep 600\n"));
  }

  @BeforeEach
  void startRunner() {
    cli = site.cli();
    var unused = site.startRunner("worker");
  }

  @Test
  void run_follows_and_ends_as_the_run_does() {
    Cli.Result completed = cli.run("run", "steps");
    Cli.Result failed = cli.run("run", "-p", "CODE=3", "steps", "--max-retries", "0");

    assertThat(completed.exitCode()).isZero();
    assertThat(completed.lines()).containsExactly("one", "three");
    assertThat(completed.err()).contains("two\n", " completed after ");
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err()).contains("with exit code 3");
  }

  @Test
  void detached_run_is_watched_read_chosen_from_and_retried() {
    Cli.Result created = cli.mustRun("run", "steps", "--detach", "--priority", "5", "--json");
    JsonNode run = PublishedSchemas.check("RunResponse", created.out());
    String id = run.path("run_id").asString();

    assertThat(cli.run("runs", "watch", id).exitCode()).isZero();
    assertThat(cli.mustRun("runs", "logs", id).lines()).containsExactly("one", "three");
    Cli.Result tail = cli.mustRun("runs", "logs", id, "--tail", "1", "--stream", "stdout");
    Cli.Result followed = cli.mustRun("runs", "logs", id, "--follow", "--tail=3");
    assertThat(tail.out()).isEqualTo("three\n");
    assertThat(followed.lines()).containsExactly("one", "three");
    assertThat(cli.mustRun("runs", "logs", id, "--stream=stderr", "--since=1h").err())
        .isEqualTo("two\n");
    assertThat(cli.mustRun("runs", "logs", id, "--grep=t.*e", "--attempt=1").out())
        .isEqualTo("three\n");
    PublishedSchemas.check("LogListResponse", cli.mustRun("runs", "logs", id, "--json").out());
    PublishedSchemas.check(
        "LogListResponse", cli.mustRun("runs", "logs", id, "--tail=1", "--json").out());
    PublishedSchemas.check("RunResponse", cli.mustRun("runs", "get", id, "--json").out());
    assertThat(cli.mustRun("runs", "get", id).out()).contains("status:      completed");
    Cli.Result retried = cli.mustRun("runs", "retry", id, "--follow");
    assertThat(retried.lines()).containsExactly("one", "three");
  }

  @Test
  void each_line_of_a_watch_in_json_is_an_object_of_the_api() {
    String id = cli.mustRun("runs", "create", "steps", "--json").field("run_id");

    Cli.Result watched = cli.mustRun("runs", "watch", id, "--json");

    for (String line : watched.lines()) {
      PublishedSchemas.check(line.contains("\"seq\"") ? "LogEntryResponse" : "RunResponse", line);
    }
    assertThat(watched.lines()).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void cancelled_run_ends_its_followers_with_2() {
    String id = cli.mustRun("run", "endless", "-d", "--json").field("run_id");
    Cli.Call follower = cli.start("runs", "logs", id, "--follow");

    Cli.Result cancelled = cli.mustRun("runs", "cancel", id, "--json");

    PublishedSchemas.check("RunResponse", cancelled.out());
    assertThat(follower.awaitEnd().exitCode()).isEqualTo(2);
  }

  @Test
  void lists_are_tables_for_people_and_the_servers_objects_for_programs() {
    assertThat(cli.mustRun("apps", "list").lines().get(0)).startsWith("APP ");
    assertThat(cli.mustRun("runs", "list", "--limit=5").lines().get(0)).startsWith("RUN ");
    assertThat(cli.mustRun("versions", "list", "steps").lines().get(0)).startsWith("VERSION ");
    assertThat(cli.mustRun("tokens", "list").lines().get(0)).startsWith("TOKEN ");
    assertThat(cli.mustRun("runners", "list").lines().get(0)).startsWith("RUNNER ");
    checkJson("AppListResponse", "apps", "list");
    checkJson("RunListResponse", "runs", "list", "--limit=5");
    checkJson("VersionListResponse", "versions", "list", "steps");
    checkJson("TokenListResponse", "tokens", "list");
    checkJson("RunnerListResponse", "runners", "list");
    checkJson("AppResponse", "apps", "get", "steps");
    checkJson("VersionResponse", "versions", "get", "steps", "1");
    checkJson("MeResponse", "me");
  }

  @Test
  void app_is_made_changed_disabled_and_enabled() {
    Project project = site.python("changing", "print('runs')\n");
    checkJson("AppResponse", "apps", "create", "changing", "--description", "before");
    checkJson("AppResponse", "apps", "update", "changing", "--description", "after");
    assertThat(cli.mustRun("apps", "get", "changing").out()).contains("description: after");
    assertThat(cli.run("apps", "create", "changing").exitCode()).isEqualTo(12);

    cli.deploy(project);
    checkJson("AppResponse", "apps", "disable", "changing");
    Cli.Result refused = cli.run("run", "changing");
    Cli.Result enabled = cli.mustRun("apps", "enable", "changing");
    Cli.Result ran = cli.mustRun("run", "changing");

    assertThat(refused.exitCode()).isEqualTo(12);
    assertThat(enabled.out()).isEqualTo("app changing enabled\n");
    assertThat(ran.out()).isEqualTo("runs\n");
  }

  @Test
  void what_is_packed_is_uploaded_and_comes_back_the_same() throws IOException {
    String dir = site.python("circle", "print('round')\n").folder().toString();
    Path packed = site.folder().resolve("circle.tar.gz");
    Path back = site.folder().resolve("back.tar.gz");
    Files.deleteIfExists(back);

    cli.mustRun("apps", "create", "circle");
    cli.mustRun("package", "--dir", dir, "--output", packed.toString());
    checkJson("VersionResponse", "versions", "upload", "circle", packed.toString());
    Cli.Result planned = cli.mustRun("deploy", "--dry-run", "--dir", dir);
    Cli.Result unchanged = cli.mustRun("deploy", "--dir", dir);
    checkJson("VersionResponse", "deploy", "--dir", dir, "--force");
    cli.mustRun("versions", "download", "circle", "1", "--output", back.toString());

    assertThat(planned.lines()).last().isEqualTo("no changes since version 1 of circle");
    assertThat(unchanged.out()).isEqualTo("no changes since version 1 of circle\n");
    assertThat(back).hasSameBinaryContentAs(packed);
    assertThat(cli.run("versions", "download", "circle", "9").exitCode()).isEqualTo(11);
  }

  @Test
  void deploy_does_not_create_an_app_against_the_callers_will() {
    String dir = site.python("unwanted", "print(1)\n").folder().toString();

    assertThat(cli.mustRun("deploy", "--dry-run", "--dir", dir).out())
        .endsWith("would create app unwanted and upload its version 1\n");
    assertThat(cli.run("deploy", "--no-create", "--dir", dir).exitCode()).isEqualTo(11);
    assertThat(cli.run("apps", "get", "unwanted").exitCode()).isEqualTo(11);
  }

  @Test
  void run_deploys_a_changed_folder_and_runs_that_version() {
    Project project = site.python("changing-folder", "print('first')\n");
    String dir = project.folder().toString();

    Cli.Result first = cli.mustRun("run", "--deploy", "--dir", dir);
    Cli.Result again = cli.mustRun("run", "--deploy", "--dir", dir);
    project.with("main.py", "print('second')\n");
    Cli.Result changed = cli.mustRun("run", "--deploy", "--dir", dir);

    assertThat(first.lines()).containsExactly("first");
    assertThat(again.err()).contains("no changes since version 1 of changing-folder");
    assertThat(changed.lines()).containsExactly("second");
    assertThat(changed.err()).contains("deployed changing-folder version 2");
  }

  @Test
  void log_in_lets_somebody_in_and_log_out_ends_the_token() throws IOException {
    Path password = Files.writeString(site.folder().resolve("pw"), TeamApi.PASSWORD + "\n");
    Path wrong = Files.writeString(site.folder().resolve("wrong"), "incorrect horse battery\n");
    Cli somebody = cli.ofNobody("somebody.json");

    cli.mustRun("config", "list");
    assertThat(somebody.run("me", "--server", site.server().url()).exitCode()).isEqualTo(10);
    Cli.Result refused =
        somebody.runWith(
            wrong, "login", "team", "--password-stdin", "--server", site.server().url());
    Cli.Result entered =
        somebody.runWith(
            password, "login", "team", "--password-stdin", "--server", site.server().url());

    assertThat(refused.exitCode()).isEqualTo(10);
    assertThat(entered.exitCode()).isZero();
    assertThat(somebody.mustRun("me").out()).contains("team:     team");
    assertThat(somebody.mustRun("config", "get", "server").out())
        .isEqualTo(site.server().url() + "\n");
    somebody.mustRun("config", "set", "server", site.server().url(), "--profile", "other");
    somebody.mustRun("config", "use", "other");
    assertThat(somebody.mustRun("config", "list").out()).contains("default", "other");
    somebody.mustRun("logout", "--profile", "default");
    assertThat(somebody.run("me", "--profile", "default").exitCode()).isEqualTo(10);
  }

  @Test
  void token_works_until_it_is_revoked() {
    Cli.Result made = cli.mustRun("tokens", "create", "--name", "ci", "--json");
    JsonNode token = PublishedSchemas.check("CreatedTokenResponse", made.out());
    String secret = token.path("token").asString();
    Cli other = cli.ofNobody("nobody.json");
    String url = site.server().url();

    assertThat(other.run("me", "--server", url, "--token", secret).exitCode()).isZero();
    cli.mustRun("tokens", "revoke", token.path("token_id").asString());
    Cli.Result refused = other.run("me", "--server", url, "--token", secret, "--verbose");

    assertThat(refused.exitCode()).isEqualTo(10);
    assertThat(refused.err()).contains("GET /api/v1/me: HTTP 401").doesNotContain(secret);
  }

  @Test
  void status_tells_of_server_runs_and_runners() {
    Cli.Result seen =
        Eventually.within(Duration.ofSeconds(60))
            .see(
                "an online runner in the status",
                () -> cli.mustRun("status"),
                status -> status.out().contains(" online of "));
    assertThat(seen.out()).contains("ready:       yes", "team:        team", "queued runs: ");
    assertThat(cli.ofNobody("none.json").run("status", "--server", site.server().url()).exitCode())
        .isZero();
    Cli.Result away =
        cli.run("status", "--server", "http://127.0.0.1:" + MinitowerServer.freePort());
    assertThat(away.exitCode()).isEqualTo(1);
    assertThat(away.err()).contains("is minitowerd running?");
  }

  @Test
  void every_class_of_failure_has_its_exit_code() {
    assertThat(cli.run("runs", "get", "999999").exitCode()).isEqualTo(11);
    assertThat(cli.run("runs", "gte", "1").exitCode()).isEqualTo(64);
    assertThat(cli.run("runs", "create", "steps", "-p", "CODE=x").exitCode()).isEqualTo(1);
    assertThat(cli.run("me", "--token", "mtk_wrong").exitCode()).isEqualTo(10);
    assertThat(cli.run("version").exitCode()).isZero();
    assertThat(cli.run("completion", "bash").lines()).hasSizeGreaterThan(100);
  }

  private void checkJson(String schema, String... command) {
    var line = new ArrayList<>(List.of(command));
    line.add("--json");
    PublishedSchemas.check(schema, cli.mustRun(line.toArray(String[]::new)).out());
  }
}
