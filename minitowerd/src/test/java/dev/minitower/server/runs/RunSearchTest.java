package dev.minitower.server.runs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestArtifact;
import dev.minitower.server.TestServer;
import dev.minitower.server.runs.RunFixture.Lease;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** What a text finds among runs. */
class RunSearchTest {
  private static final AtomicInteger TEAMS = new AtomicInteger();

  @TempDir static Path folder;
  private static TestServer server;
  private RunFixture fixture;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
  }

  @BeforeEach
  void makeTeam() {
    fixture = new RunFixture(server, "team-" + TEAMS.incrementAndGet());
  }

  @AfterEach
  void clear() {
    fixture.clear();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private TestAnswer search(String text, String more) {
    return fixture.asTeam("GET", "/runs?q=" + URLEncoder.encode(text, UTF_8) + more).send();
  }

  private List<Long> found(String text) {
    return found(text, "");
  }

  private List<Long> found(String text, String more) {
    TestAnswer answer = search(text, more);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().has("next_cursor")).isFalse();
    return answer.each("runs", "run_id").stream().map(Long::valueOf).toList();
  }

  /** Queues a run whose input has one value. */
  private long queueWith(String value) {
    return fixture.queue("\"input\":{\"v\":" + JsonMapper.shared().writeValueAsString(value) + "}");
  }

  private long failWith(String message) {
    Lease lease = fixture.leased();
    String body = JsonMapper.shared().writeValueAsString(message);
    assertThat(
            lease
                .call("POST", "result")
                .json("{\"status\":\"failed\",\"error_message\":" + body + "}")
                .send()
                .status())
        .isEqualTo(200);
    return lease.runId();
  }

  private void app(String slug) {
    fixture.asTeam("POST", "/apps").json("{\"slug\":\"" + slug + "\"}").send();
    fixture
        .asTeam("POST", "/apps/" + slug + "/versions")
        .file("artifact", TestArtifact.ofApp(slug, "x"))
        .send();
  }

  private long queueOf(String app) {
    return fixture.asTeam("POST", "/apps/" + app + "/runs").send().number("run_id");
  }

  @Test
  void a_run_is_found_by_a_part_of_its_input_whatever_the_case() {
    long run = queueWith("Customer 4711, Zürich");
    queueWith("somebody else abcab");

    for (String text : List.of("customer 4711", "4711", "ZÜRICH", "11, z", "{\"v\":\"Customer")) {
      assertThat(found(text)).as(text).containsExactly(run);
    }
    assertThat(found("customer  4711")).isEmpty();
    assertThat(found("abcabc")).as("of which only the parts are there").isEmpty();
    assertThat(found("rezmotsuc")).isEmpty();
  }

  @Test
  void a_run_is_found_by_its_error_message_once_it_has_one() {
    long run = failWith("exit code 1: no such table prices");

    assertThat(found("such TABLE")).containsExactly(run);
    assertThat(found("such table", "&status=failed")).containsExactly(run);
    assertThat(found("such table", "&status=completed,dead")).isEmpty();
    assertThat(found("such table", "&app=jobs")).containsExactly(run);
  }

  @Test
  void the_message_that_counts_is_that_of_the_last_attempt() {
    Lease first = fixture.leased("\"max_retries\":1,\"input\":{\"v\":\"kept\"}");
    fixture.leaseGoesOver();
    fixture.reap();
    assertThat(found("not heard from")).isEmpty();
    Lease second = fixture.lease();
    second
        .call("POST", "result")
        .json("{\"status\":\"failed\",\"error_message\":\"out of paper\"}")
        .send();

    assertThat(second.runId()).isEqualTo(first.runId());
    assertThat(found("out of paper")).containsExactly(first.runId());
    assertThat(found("not heard from")).isEmpty();
    assertThat(found("kept")).containsExactly(first.runId());
  }

  @Test
  void a_lost_run_is_found_by_what_the_server_says_of_it() {
    Lease lost = fixture.leased();
    fixture.leaseGoesOver();
    fixture.reap();

    assertThat(found("not heard from in time")).containsExactly(lost.runId());
  }

  @Test
  void a_run_whose_input_and_message_both_hold_the_text_is_found_once() {
    fixture.queue("\"input\":{\"v\":\"twice\"}");
    Lease lease = fixture.lease();
    lease
        .call("POST", "result")
        .json("{\"status\":\"failed\",\"error_message\":\"twice told\"}")
        .send();

    assertThat(found("twice")).containsExactly(lease.runId());
  }

  @Test
  void a_run_is_found_by_its_number_and_by_its_id() {
    app("other");
    long jobsOne = fixture.queue("");
    long otherOne = queueOf("other");
    long jobsTwo = fixture.queue("");

    assertThat(found("#1")).containsExactly(otherOne, jobsOne);
    assertThat(found("1", "&app=other")).containsExactly(otherOne);
    assertThat(found("2")).containsExactly(jobsTwo);
    assertThat(found("#" + jobsOne)).contains(jobsOne);
    assertThat(found(String.valueOf(otherOne))).contains(otherOne);
    assertThat(found("#999999999999999999")).isEmpty();
    assertThat(found("#1", "&status=failed")).isEmpty();
  }

  @Test
  void a_run_is_found_by_a_part_of_its_apps_slug() {
    app("nightly-import");
    app("import-prices");
    fixture.queue("");
    long nightly = queueOf("nightly-import");
    long prices = queueOf("import-prices");

    assertThat(found("IMPORT")).containsExactly(prices, nightly);
    assertThat(found("import", "&app=nightly-import")).containsExactly(nightly);
    assertThat(found("im", "&status=queued")).containsExactly(prices, nightly);
    assertThat(found("import", "&status=running")).isEmpty();
    assertThat(fixture.asTeam("GET", "/apps/jobs/runs?q=import").send().each("runs", "run_id"))
        .isEmpty();
  }

  @Test
  void another_teams_runs_are_never_found() {
    queueWith("nothing of theirs");
    RunFixture strangers = new RunFixture(server, "strangers");
    long theirs = strangers.queue("\"input\":{\"v\":\"secret sauce\"}");

    assertThat(found("secret sauce")).isEmpty();
    assertThat(found("jobs")).doesNotContain(theirs);
    assertThat(found("#" + theirs)).doesNotContain(theirs);
    assertThat(found(teamTag(strangers.team.id()))).isEmpty();
    assertThat(strangers.asTeam("GET", "/runs?q=secret").send().each("runs", "run_id"))
        .containsExactly(String.valueOf(theirs));
    strangers.clear();
  }

  /** What stands in the index for the team. */
  private static String teamTag(long teamId) {
    return "\ue000\ue000" + (char) (0xe000 + teamId);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"quoted\"",
        "it's",
        "100%",
        "___",
        "a*b",
        "AND OR NOT",
        "NEAR(a b)",
        "text : x",
        "{team} : x",
        "^start",
        "-minus",
        "back\\slash",
        "); DROP TABLE runs; --",
        "🎉🎉🎉",
        "tab\there",
        "line\nbreak",
        "ﬃ ẞ İ"
      })
  void a_text_is_only_ever_a_text(String text) {
    long inInput = queueWith("before " + text + " after");
    queueWith("something else");
    fixture.cancel(inInput);
    fixture.lease().result("completed");
    long inMessage = failWith("before " + text + " after");

    assertThat(found(text)).containsExactly(inMessage, inInput);
    assertThat(found(text + "?")).isEmpty();
  }

  @Test
  void less_than_three_characters_are_not_looked_for_in_texts() {
    long run = queueWith("xy🎉");

    assertThat(found("xy")).isEmpty();
    assertThat(found("y🎉")).isEmpty();
    assertThat(found("xy🎉")).containsExactly(run);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\0", "abc\0def"})
  void what_is_no_text_is_refused(String text) {
    TestAnswer answer = search(text, "");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fieldsAtFault()).containsExactly("q");
  }

  @Test
  void a_text_has_at_most_two_hundred_characters() {
    assertThat(search("🎉".repeat(200), "").status()).isEqualTo(200);
    assertThat(search("x".repeat(201), "").fieldsAtFault()).containsExactly("q");
    assertThat(search("x", "&offset=1").fieldsAtFault()).containsExactly("offset");
  }

  @Test
  void pages_lead_through_all_that_is_found_newest_first() {
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      all.add(0, queueWith("needle " + i));
      queueWith("hay");
    }

    List<Long> seen = new ArrayList<>();
    String more = "&limit=3";
    while (!more.isEmpty()) {
      TestAnswer page = search("needle", more);
      seen.addAll(page.each("runs", "run_id").stream().map(Long::valueOf).toList());
      String next = page.json().path("next_cursor").asString("");
      more = next.isEmpty() ? "" : "&limit=3&cursor=" + next;
    }

    assertThat(seen).isEqualTo(all);
  }

  @Test
  void a_run_without_input_and_without_error_takes_no_place_in_the_index() {
    int before = indexed();

    fixture.leased().result("completed");
    fixture.leased("\"input\":{}").result("completed");

    assertThat(indexed()).isEqualTo(before);
  }

  private static int indexed() {
    return server
        .bean(JdbcClient.class)
        .sql("SELECT count(*) FROM run_text")
        .query(Integer.class)
        .single();
  }
}
