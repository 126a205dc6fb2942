package dev.minitower.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minitower.model.api.CreateTokenRequest;
import dev.minitower.model.api.ErrorCode;
import dev.minitower.model.api.Role;
import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestServer;
import dev.minitower.server.TestServer.TestTeam;
import dev.minitower.server.platform.auth.TeamPrincipal;
import dev.minitower.server.platform.database.LazyWrites;
import dev.minitower.server.platform.web.ApiException;
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
import org.springframework.jdbc.core.simple.JdbcClient;

class TokenTest {
  @TempDir static Path folder;
  private static TestServer server;
  private static TestTeam team;
  private static TestTeam other;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
    team = server.newTeam("acme");
    other = server.newTeam("other");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TestAnswer create(String token, String body) {
    return server.post("/api/v1/tokens").token(token).json(body).send();
  }

  private static TestAnswer list(String token) {
    return server.get("/api/v1/tokens").token(token).send();
  }

  private static TestAnswer revoke(String token, long id) {
    return server.request("DELETE", "/api/v1/tokens/" + id).token(token).send();
  }

  private static TestAnswer me(String token) {
    return server.get("/api/v1/me").token(token).send();
  }

  @ParameterizedTest
  @CsvSource({"admin, '\"admin\"', admin", "admin, '\"member\"', member", "admin, null, member"})
  void an_admin_chooses_the_role_and_gets_member_by_default(
      String creator, String role, String given) {
    TestAnswer answer = create(team.token(), "{\"role\": %s}".formatted(role));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.text("role")).isEqualTo(given);
    assertThat(me(answer.text("token")).text("role")).isEqualTo(given);
  }

  @Test
  void a_members_token_makes_members_whatever_it_asks_for() {
    String member = server.newToken(team, "member");

    assertThat(create(member, "{\"role\": \"admin\"}").text("role")).isEqualTo("member");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"role\": \"owner\"} | role",
        "{\"role\": \"ADMIN\"} | role",
        "{\"role\": 1} | role",
        "{\"expires_in_seconds\": 0} | expires_in_seconds",
        "{\"expires_in_seconds\": -5} | expires_in_seconds",
        "{\"expires_in_seconds\": \"60\"} | expires_in_seconds",
        "{\"expires_in_seconds\": 1.5} | expires_in_seconds",
        "{\"expires_in_seconds\": 9223372036854775807} | expires_in_seconds",
        "{\"name\": \"\"} | name",
        "{\"expires_in\": 60} | expires_in"
      })
  void a_bad_field_is_refused_by_name(String body, String field) {
    TestAnswer answer = create(team.token(), body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fieldsAtFault()).containsExactly(field);
  }

  @Test
  void a_token_lives_until_it_expires_also_while_it_is_remembered() {
    TestAnswer created = create(team.token(), "{\"expires_in_seconds\": 3}");
    assertThat(created.text("expires_at"))
        .isEqualTo(server.clock().instant().plusSeconds(3).toString().replace("Z", ".000Z"));
    assertThat(me(created.text("token")).status()).isEqualTo(200);

    server.clock().advance(Duration.ofSeconds(2));
    assertThat(me(created.text("token")).status()).isEqualTo(200);

    server.clock().advance(Duration.ofSeconds(1));
    assertThat(me(created.text("token")).status()).isEqualTo(401);
  }

  @Test
  void a_revoked_token_is_dead_for_the_very_next_request() {
    TestAnswer created = create(team.token(), "{}");
    assertThat(me(created.text("token")).status()).isEqualTo(200);

    assertThat(revoke(team.token(), created.number("token_id")).status()).isEqualTo(204);

    TestAnswer refused = me(created.text("token"));
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.errorCode()).isEqualTo("unauthorized");
    assertThat(refused.header("WWW-Authenticate")).hasValue("Bearer");
  }

  @Test
  void a_token_that_is_revoked_after_the_filter_saw_it_makes_no_further_one() {
    TestAnswer created = create(team.token(), "{}");
    TeamPrincipal seen =
        new TeamPrincipal(team.id(), team.slug(), created.number("token_id"), Role.ADMIN);
    assertThat(revoke(team.token(), seen.tokenId()).status()).isEqualTo(204);

    assertThatThrownBy(
            () ->
                server
                    .bean(TokenService.class)
                    .create(seen, new CreateTokenRequest(null, Role.ADMIN, null)))
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAUTHORIZED));
  }

  @Test
  void to_revoke_again_changes_nothing() {
    long id = create(team.token(), "{}").number("token_id");
    assertThat(revoke(team.token(), id).status()).isEqualTo(204);
    String first = list(team.token()).each("tokens", "token_id").get(0);
    assertThat(first).isEqualTo(String.valueOf(id));
    String revokedAt = list(team.token()).json().at("/tokens/0/revoked_at").asString();

    server.clock().advance(Duration.ofMinutes(1));
    assertThat(revoke(team.token(), id).status()).isEqualTo(204);

    assertThat(list(team.token()).json().at("/tokens/0/revoked_at").asString())
        .isEqualTo(revokedAt);
  }

  @Test
  void a_member_sees_and_ends_only_itself_and_what_it_made() {
    String member = server.newToken(team, "member");
    long own = me(member).number("token_id");
    long made = create(member, "{\"name\": \"made by me\"}").number("token_id");
    long admin = me(team.token()).number("token_id");

    assertThat(list(member).each("tokens", "token_id"))
        .containsExactly(String.valueOf(made), String.valueOf(own));
    assertThat(list(member).json().at("/tokens/1/current").booleanValue()).isTrue();
    assertThat(revoke(member, admin).status()).isEqualTo(404);
    assertThat(revoke(member, made).status()).isEqualTo(204);
    assertThat(revoke(member, own).status()).isEqualTo(204);
    assertThat(me(member).status()).isEqualTo(401);
    assertThat(me(team.token()).status()).isEqualTo(200);
  }

  @Test
  void another_teams_token_is_not_there() {
    long foreign = me(other.token()).number("token_id");

    assertThat(list(team.token()).each("tokens", "token_id"))
        .doesNotContain(String.valueOf(foreign));
    assertThat(revoke(team.token(), foreign).status()).isEqualTo(404);
    assertThat(revoke(team.token(), 999_999).status()).isEqualTo(404);
    assertThat(me(other.token()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1.5", "9223372036854775808"})
  void an_id_that_is_no_number_is_refused(String id) {
    TestAnswer answer = server.request("DELETE", "/api/v1/tokens/" + id).token(team.token()).send();

    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void pages_lead_through_all_tokens_newest_first_also_while_new_ones_are_made() {
    TestTeam team = server.newTeam("paged");
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(0, String.valueOf(create(team.token(), "{}").number("token_id")));
    }
    made.add(String.valueOf(me(team.token()).number("token_id")));

    List<String> seen = new ArrayList<>();
    String query = "?limit=2";
    while (!query.isEmpty()) {
      TestAnswer page = server.get("/api/v1/tokens" + query).token(team.token()).send();
      seen.addAll(page.each("tokens", "token_id"));
      assertThat(create(team.token(), "{}").status()).isEqualTo(201);
      String next = page.json().path("next_cursor").asString("");
      query = next.isEmpty() ? "" : "?limit=2&cursor=" + next;
    }

    assertThat(seen).isEqualTo(made);
    assertThat(server.get("/api/v1/tokens?limit=101").token(team.token()).send().fieldsAtFault())
        .containsExactly("limit");
  }

  @Test
  void last_use_is_shown_at_once_and_written_later_in_one_go() {
    String member = server.newToken(team, "member");
    assertThat(me(member).status()).isEqualTo(200);

    String shown = list(member).json().at("/tokens/0/last_used_at").asString();
    assertThat(shown).startsWith(server.clock().instant().toString().replace("Z", ""));

    LazyWrites lazy = server.bean(LazyWrites.class);
    assertThat(lazy.write()).isPositive();
    assertThat(storedLastUse(me(member).number("token_id")))
        .isEqualTo(server.clock().instant().toEpochMilli());
    assertThat(lazy.write()).isEqualTo(1);
    assertThat(lazy.write()).isZero();
  }

  private static long storedLastUse(long tokenId) {
    return server
        .bean(JdbcClient.class)
        .sql("SELECT last_used_at FROM team_tokens WHERE id = ?")
        .param(tokenId)
        .query(Long.class)
        .single();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic dXNlcjpwYXNz",
        "Bearer",
        "Bearer x",
        "Bearer mtk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void without_a_token_that_is_known_nothing_is_told(String header) {
    TestAnswer answer = server.get("/api/v1/me").header("Authorization", header).send();

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.errorCode()).isEqualTo("unauthorized");
  }

  @Test
  void no_column_holds_the_text_of_a_token() {
    String member = server.newToken(team, "member");
    String runner = server.newRunner("runner-of-the-token-test");

    JdbcClient jdbc = server.bean(JdbcClient.class);
    List<String> tables =
        jdbc.sql("SELECT name FROM sqlite_schema WHERE type = 'table'").query(String.class).list();
    for (String table : tables) {
      String rows = jdbc.sql("SELECT * FROM " + table).query().listOfRows().toString();
      assertThat(rows).doesNotContain(member, team.token(), runner, "mtk_", "mtr_");
    }
    assertThat(tables).contains("team_tokens", "runners");
  }
}
