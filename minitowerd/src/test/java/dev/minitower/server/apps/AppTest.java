package dev.minitower.server.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestArtifact;
import dev.minitower.server.TestServer;
import dev.minitower.server.TestServer.TestTeam;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppTest {
  @TempDir static Path folder;
  private static TestServer server;
  private static TestTeam team;
  private static TestTeam other;
  private static String member;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
    team = server.newTeam("acme");
    other = server.newTeam("other");
    member = server.newToken(team, "member");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TestAnswer create(String token, String body) {
    return server.post("/api/v1/apps").token(token).json(body).send();
  }

  private static TestAnswer create(String slug) {
    return create(team.token(), "{\"slug\": \"%s\"}".formatted(slug));
  }

  private static TestAnswer get(String path) {
    return server.get("/api/v1/apps" + path).token(team.token()).send();
  }

  private static TestAnswer patch(String token, String slug, String body) {
    return server.request("PATCH", "/api/v1/apps/" + slug).token(token).json(body).send();
  }

  @Test
  void a_new_app_has_what_it_was_given_and_nothing_else() {
    TestAnswer answer = create(member, "{\"slug\": \"plain\", \"description\": \"Does it\"}");

    assertThat(answer.status()).isEqualTo(201);
    String now = server.clock().instant().toString().replace("Z", ".000Z");
    assertThat(answer.body())
        .isEqualTo(
            """
            {"app_id":%d,"slug":"plain","description":"Does it","disabled":false,"created_at":"%s","updated_at":"%s"}"""
                .formatted(answer.number("app_id"), now, now));
    assertThat(get("/plain").body()).isEqualTo(answer.body());
  }

  @Test
  void a_slug_is_taken_once_per_team() {
    assertThat(create("twice").status()).isEqualTo(201);

    TestAnswer again = create("twice");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.errorCode()).isEqualTo("slug_taken");

    assertThat(create(other.token(), "{\"slug\": \"twice\"}").status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "-app", "app-", "App", "my app", "../app", "api", "default", ""})
  void a_bad_slug_has_a_code_of_its_own(String slug) {
    TestAnswer answer = create(slug);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo("invalid_slug");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"slug\": 7} | slug",
        "{\"slug\": \"fine\", \"description\": [1]} | description",
        "{\"slug\": \"fine\", \"max_retry\": 3} | max_retry"
      })
  void a_bad_field_is_refused_by_name(String body, String field) {
    TestAnswer answer = create(team.token(), body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fieldsAtFault()).containsExactly(field);
  }

  @Test
  void another_teams_app_is_not_there() {
    assertThat(create(other.token(), "{\"slug\": \"foreign\"}").status()).isEqualTo(201);

    for (TestAnswer answer :
        List.of(
            get("/foreign"),
            get("/foreign/versions"),
            get("/foreign/versions/1"),
            get("/foreign/versions/1/artifact"),
            patch(team.token(), "foreign", "{\"disabled\": true}"),
            patch(team.token(), "foreign", "{}"),
            server
                .post("/api/v1/apps/foreign/versions")
                .token(team.token())
                .file("artifact", TestArtifact.ofApp("foreign", "x"))
                .send())) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.errorMessage()).isEqualTo("app not found");
    }
    assertThat(get("").each("apps", "slug")).doesNotContain("foreign");
  }

  @Test
  void a_patch_changes_what_it_names_and_leaves_the_rest() {
    create(team.token(), "{\"slug\": \"patched\", \"description\": \"before\"}");
    server.clock().advance(Duration.ofSeconds(1));

    TestAnswer disabled = patch(team.token(), "patched", "{\"disabled\": true}");
    assertThat(disabled.status()).isEqualTo(200);
    assertThat(disabled.text("description")).isEqualTo("before");
    assertThat(disabled.json().required("disabled").booleanValue()).isTrue();
    assertThat(disabled.text("updated_at")).isGreaterThan(disabled.text("created_at"));

    TestAnswer described = patch(team.token(), "patched", "{\"description\": \"after\"}");
    assertThat(described.text("description")).isEqualTo("after");
    assertThat(described.json().required("disabled").booleanValue()).isTrue();

    TestAnswer emptied = patch(team.token(), "patched", "{\"description\": \"\"}");
    assertThat(emptied.json().has("description")).isFalse();
    assertThat(get("/patched").body()).isEqualTo(emptied.body());
  }

  @Test
  void a_patch_that_names_nothing_changes_nothing() {
    TestAnswer created = create("untouched");
    server.clock().advance(Duration.ofSeconds(1));

    assertThat(patch(team.token(), "untouched", "{}").body()).isEqualTo(created.body());
    assertThat(server.request("PATCH", "/api/v1/apps/untouched").token(team.token()).send().body())
        .isEqualTo(created.body());
  }

  @Test
  void a_patch_is_an_admins() {
    create("guarded");

    TestAnswer refused = patch(member, "guarded", "{\"disabled\": true}");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.errorCode()).isEqualTo("forbidden");
    assertThat(get("/guarded").json().required("disabled").booleanValue()).isFalse();
  }

  @Test
  void a_disabled_app_takes_versions_but_no_runs() {
    create("asleep");
    patch(team.token(), "asleep", "{\"disabled\": true}");

    TestAnswer deployed =
        server
            .post("/api/v1/apps/asleep/versions")
            .token(team.token())
            .file("artifact", TestArtifact.ofApp("asleep", "x"))
            .send();
    TestAnswer run = server.post("/api/v1/apps/asleep/runs").token(team.token()).send();

    assertThat(deployed.status()).isEqualTo(201);
    assertThat(run.status()).isEqualTo(409);
    assertThat(run.errorCode()).isEqualTo("app_disabled");
  }

  @Test
  void pages_lead_through_all_apps_by_slug() {
    TestTeam many = server.newTeam("many");
    for (String slug : List.of("delta", "alpha", "echo", "bravo", "charlie")) {
      create(many.token(), "{\"slug\": \"%s\"}".formatted(slug));
    }

    List<String> seen = new ArrayList<>();
    String query = "?limit=2";
    while (!query.isEmpty()) {
      TestAnswer page = server.get("/api/v1/apps" + query).token(many.token()).send();
      seen.addAll(page.each("apps", "slug"));
      String next = page.json().path("next_cursor").asString("");
      query = next.isEmpty() ? "" : "?limit=2&cursor=" + next;
    }

    assertThat(seen).containsExactly("alpha", "bravo", "charlie", "delta", "echo");
    TestAnswer offset = server.get("/api/v1/apps?limit=2&offset=3").token(many.token()).send();
    assertThat(offset.each("apps", "slug")).containsExactly("delta", "echo");
    assertThat(offset.json().has("next_cursor")).isFalse();
  }

  @Test
  void an_app_shows_its_newest_run_alone_and_in_the_list() {
    create("busy");
    server
        .post("/api/v1/apps/busy/versions")
        .token(team.token())
        .file("artifact", TestArtifact.ofApp("busy", "x"))
        .send();
    for (int i = 0; i < 2; i++) {
      assertThat(server.post("/api/v1/apps/busy/runs").token(team.token()).send().status())
          .isEqualTo(201);
    }

    assertThat(get("/busy").json().at("/last_run/run_no").asInt()).isEqualTo(2);
    assertThat(
            get("?limit=100")
                .json()
                .required("apps")
                .valueStream()
                .filter(app -> app.required("slug").asString().equals("busy"))
                .map(app -> app.at("/last_run/run_no").asInt()))
        .containsExactly(2);
  }
}
