package dev.minitower.server.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestServer;
import dev.minitower.server.TestServer.TestTeam;
import dev.minitower.server.events.Change;
import dev.minitower.server.events.ChangeFeed;
import dev.minitower.server.platform.database.LazyWrites;
import dev.minitower.server.platform.database.Transactions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class RunnerListTest {
  private static final Duration ONLINE_FOR = Duration.ofMinutes(2);

  @TempDir Path folder;
  private TestServer server;
  private TestTeam team;

  @BeforeEach
  void start() {
    server = TestServer.start(folder, Map.of("MINITOWER_RUNNER_PRUNE_AFTER", "10m"));
    team = server.bootstrapTeam("acme");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private TestAnswer list(String query) {
    return server.get("/api/v1/admin/runners" + query).token(team.token()).send();
  }

  private void call(String runnerToken) {
    assertThat(server.post("/api/v1/runs/lease").token(runnerToken).send().status()).isEqualTo(204);
  }

  private long storedLastSeen() {
    return server
        .bean(JdbcClient.class)
        .sql("SELECT max(last_seen_at) FROM runners")
        .query(Long.class)
        .single();
  }

  @Test
  void a_silent_runner_goes_offline_and_its_next_call_brings_it_back() {
    String runner = server.newRunner("quiet");
    assertThat(list("").each("runners", "status")).containsExactly("online");

    server.clock().advance(ONLINE_FOR);
    assertThat(list("").each("runners", "status")).containsExactly("offline");
    assertThat(server.bean(RunnerService.class).onlineByEnvironment())
        .containsExactly(Map.entry("default", 0L));

    call(runner);
    assertThat(list("").each("runners", "status")).containsExactly("online");
    assertThat(list("").each("runners", "last_seen_at"))
        .containsExactly(server.clock().instant().toString().replace("Z", ".000Z"));
    assertThat(server.bean(RunnerService.class).onlineByEnvironment())
        .containsExactly(Map.entry("default", 1L));
  }

  @Test
  void calls_are_written_for_all_runners_at_once_and_nothing_while_nobody_calls() {
    String first = server.newRunner("first");
    String second = server.newRunner("second");
    LazyWrites lazy = server.bean(LazyWrites.class);
    assertThat(lazy.write()).isZero();

    server.clock().advance(Duration.ofSeconds(30));
    call(first);
    call(second);
    call(second);
    assertThat(storedLastSeen()).isLessThan(server.clock().millis());

    assertThat(lazy.write()).isEqualTo(2);
    assertThat(storedLastSeen()).isEqualTo(server.clock().millis());
    assertThat(lazy.write()).isZero();
  }

  @Test
  void minute_in_which_runners_only_wait_costs_one_commit_with_the_uses_of_tokens() {
    List<String> waiting = Stream.of("a", "b", "c").map(server::newRunner).toList();
    countCommits();

    for (int second = 0; second < 60; second += 5) {
      server.clock().advance(Duration.ofSeconds(5));
      waiting.forEach(this::call);
      assertThat(server.get("/api/v1/runs").token(team.token()).send().status()).isEqualTo(200);
      assertThat(server.bean(RunnerWatch.class).look()).isZero();
      assertThat(server.bean(RunnerPruning.class).prune()).isZero();
    }
    assertThat(commits()).isZero();

    assertThat(server.bean(LazyWrites.class).write()).isEqualTo(4);
    assertThat(commits()).isEqualTo(1);
  }

  private void countCommits() {
    for (String statement :
        List.of(
            "CREATE TABLE commits (count INTEGER NOT NULL) STRICT",
            "INSERT INTO commits (count) VALUES (-1)",
            """
            CREATE TRIGGER one_more_commit AFTER UPDATE ON server_clock
            BEGIN UPDATE commits SET count = count + 1; END
            """)) {
      Integer unused =
          server
              .bean(Transactions.class)
              .write(() -> server.bean(JdbcClient.class).sql(statement).update());
    }
  }

  private int commits() {
    return server
        .bean(JdbcClient.class)
        .sql("SELECT count FROM commits")
        .query(Integer.class)
        .single();
  }

  @Test
  void what_was_heard_last_survives_a_restart() {
    String runner = server.newRunner("restarted");
    server.clock().advance(Duration.ofSeconds(100));
    call(runner);
    long heard = server.clock().millis();

    server.close();
    server = TestServer.start(folder);

    assertThat(storedLastSeen()).isEqualTo(heard);
  }

  @Test
  void going_offline_and_coming_back_are_told_once_each() throws InterruptedException {
    String runner = server.newRunner("watched");
    RunnerWatch watch = server.bean(RunnerWatch.class);
    BlockingQueue<Change> told = new LinkedBlockingQueue<>();
    server.bean(ChangeFeed.class).listen(told::add);
    long id = Long.parseLong(list("").each("runners", "runner_id").get(0));
    assertThat(watch.look()).isZero();

    server.clock().advance(ONLINE_FOR);
    assertThat(watch.look()).isEqualTo(1);
    assertThat(watch.look()).isZero();
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(new Change.RunnerChanged(id));

    call(runner);
    assertThat(watch.look()).isEqualTo(1);
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(new Change.RunnerChanged(id));
  }

  @Test
  void a_registration_is_told_after_it_is_stored() throws InterruptedException {
    BlockingQueue<Change> told = new LinkedBlockingQueue<>();
    server.bean(ChangeFeed.class).listen(told::add);

    server.newRunner("told");

    long id = Long.parseLong(list("").each("runners", "runner_id").get(0));
    assertThat(told.poll(10, TimeUnit.SECONDS))
        .isEqualTo(new Change.RunnerRegistered(id, "default"));
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(new Change.RunnerChanged(id));
  }

  @Test
  void a_runner_that_stays_away_is_forgotten_and_its_token_is_dead() {
    String away = server.newRunner("away");
    String present = server.newRunner("present");
    RunnerPruning pruning = server.bean(RunnerPruning.class);
    call(away);

    server.clock().advance(Duration.ofMinutes(10));
    call(present);
    assertThat(pruning.prune()).isZero();

    server.clock().advance(Duration.ofMillis(1));
    assertThat(pruning.prune()).isEqualTo(1);

    assertThat(list("").each("runners", "name")).containsExactly("present");
    assertThat(server.post("/api/v1/runs/lease").token(away).send().status()).isEqualTo(401);
  }

  @Test
  void pages_lead_through_all_runners_by_name() {
    for (String name : List.of("delta", "Alpha", "échelon", "bravo", "charlie")) {
      server.newRunner(name);
    }

    List<String> seen = new ArrayList<>();
    String query = "?limit=2";
    while (!query.isEmpty()) {
      TestAnswer page = list(query);
      seen.addAll(page.each("runners", "name"));
      String next = page.json().path("next_cursor").asString("");
      query = next.isEmpty() ? "" : "?limit=2&cursor=" + next;
    }

    assertThat(seen).containsExactly("Alpha", "bravo", "charlie", "delta", "échelon");
  }

  @Test
  void the_list_is_for_admins() {
    String member = server.newToken(team, "member");

    TestAnswer refused = server.get("/api/v1/admin/runners").token(member).send();

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.errorCode()).isEqualTo("forbidden");
  }
}
