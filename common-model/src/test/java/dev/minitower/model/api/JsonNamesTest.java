package dev.minitower.model.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.minitower.model.lifecycle.AttemptStatus;
import dev.minitower.model.lifecycle.ErrorClass;
import dev.minitower.model.lifecycle.RunStatus;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The names on the wire are the contract's, written out here a second time. */
class JsonNamesTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant AT = Instant.parse("2026-02-08T12:34:56.789Z");

  private static final AttemptResponse ATTEMPT =
      new AttemptResponse(
          11, 2, AttemptStatus.FAILED, "host-1", AT, AT, AT, 1, "boom", ErrorClass.USER);
  private static final RunResponse RUN =
      new RunResponse(
          7,
          3,
          "demo",
          5,
          4,
          RunStatus.DEAD,
          Map.of("a", 1),
          -2,
          3,
          1,
          true,
          AT,
          AT,
          AT,
          "default",
          137,
          "killed",
          ErrorClass.INFRASTRUCTURE,
          List.of(ATTEMPT));
  private static final FinishedRunResponse FINISHED =
      new FinishedRunResponse(7, 5, RunStatus.COMPLETED, AT, 1.5);
  private static final RecentRunsResponse RECENT =
      new RecentRunsResponse(List.of(FINISHED), 1.0, 1.5);
  private static final AppResponse APP =
      new AppResponse(3, "demo", "Demo", false, AT, AT, 4, RUN, RECENT);
  private static final RunHourResponse HOUR = new RunHourResponse(AT, 1, 2, 3, 4);
  private static final EnvironmentQueueResponse QUEUE =
      new EnvironmentQueueResponse("default", 1, AT, 2, 3);
  private static final VersionResponse VERSION =
      new VersionResponse(
          9,
          4,
          "main.py",
          60,
          Map.of("type", "object"),
          "ab",
          "[app]",
          List.of("lib"),
          AT,
          2048,
          "cd");
  private static final TokenResponse TOKEN =
      new TokenResponse(6, "ci", Role.MEMBER, AT, AT, AT, AT, true);
  private static final RunnerResponse RUNNER =
      new RunnerResponse(
          8,
          "host-1",
          "default",
          RunnerStatus.ONLINE,
          AT,
          Map.of("k", "v"),
          "0.1.0",
          2,
          1,
          AT,
          "process",
          RunnerState.DRAINING,
          "asked to stop");
  private static final LogEntryResponse ENTRY =
      new LogEntryResponse(1, LogStream.STDERR, "x", AT, 2);

  static Stream<Arguments> records() {
    return Stream.of(
        arguments(new AuthOptionsResponse(true, false), "signup_enabled bootstrap_enabled"),
        arguments(new SignupRequest("a", "b", "c"), "slug name password"),
        arguments(new LoginRequest("a", "b"), "slug password"),
        arguments(new BootstrapTeamRequest("a", "b", "c"), "slug name password"),
        arguments(
            new TeamTokenResponse(1, "a", "t", 2, Role.ADMIN), "team_id slug token token_id role"),
        arguments(
            new MeResponse(1, "a", 2, Role.ADMIN, "1"),
            "team_id team_slug token_id role server_version"),
        arguments(new CreateTokenRequest("a", Role.ADMIN, 5L), "name role expires_in_seconds"),
        arguments(
            new CreatedTokenResponse(1, "t", "n", Role.MEMBER, AT),
            "token_id token name role expires_at"),
        arguments(
            TOKEN, "token_id name role created_at last_used_at expires_at revoked_at current"),
        arguments(new TokenListResponse(List.of(TOKEN), "c"), "tokens next_cursor"),
        arguments(new ChangePasswordRequest("a", "b"), "current_password new_password"),
        arguments(new CreateAppRequest("a", "b"), "slug description"),
        arguments(new UpdateAppRequest("a", true), "description disabled"),
        arguments(
            APP,
            "app_id slug description disabled created_at updated_at latest_version_no last_run"
                + " recent"),
        arguments(RECENT, "runs success_rate median_seconds"),
        arguments(FINISHED, "run_id run_no status finished_at duration_seconds"),
        arguments(HOUR, "hour completed failed cancelled dead"),
        arguments(new RunStatsResponse(List.of(HOUR)), "hours"),
        arguments(QUEUE, "environment queued_runs oldest_queued_at active_runs runners_online"),
        arguments(new QueueStatsResponse(List.of(QUEUE)), "environments"),
        arguments(new LogSearchResponse(1, List.of(2L), 3L), "attempt_no seqs next_after_seq"),
        arguments(new AppListResponse(List.of(APP), "c"), "apps next_cursor"),
        arguments(
            VERSION,
            "version_id version_no entrypoint timeout_seconds params_schema artifact_sha256"
                + " towerfile_toml import_paths created_at artifact_size content_sha256"),
        arguments(new VersionListResponse(List.of(VERSION), "c"), "versions next_cursor"),
        arguments(
            new CreateRunRequest(Map.of("a", 1), 2, 3, 4), "input version_no priority max_retries"),
        arguments(
            RUN,
            "run_id app_id app_slug run_no version_no status input priority max_retries retry_count"
                + " cancel_requested queued_at started_at finished_at environment exit_code"
                + " error_message error_class attempts"),
        arguments(
            ATTEMPT,
            "attempt_id attempt_no status runner_name leased_at started_at finished_at exit_code"
                + " error_message error_class"),
        arguments(new RunListResponse(List.of(RUN), "c"), "runs next_cursor"),
        arguments(
            new RunSummaryResponse(4, 1, 2, 1), "total_runs active_runs queued_runs terminal_runs"),
        arguments(ENTRY, "seq stream line logged_at attempt_no"),
        arguments(new LogListResponse(List.of(ENTRY), 5L), "logs next_after_seq"),
        arguments(
            RUNNER,
            "runner_id name environment status last_seen_at labels version max_concurrent"
                + " active_runs registered_at isolation state state_reason"),
        arguments(new RunnerListResponse(List.of(RUNNER), "c"), "runners next_cursor"),
        arguments(
            new RegisterRunnerRequest("r", "default", "i", "1", Map.of("k", "v"), 2, "process"),
            "name environment instance_id version labels max_concurrent isolation"),
        arguments(new RunnerStateRequest(RunnerState.PAUSED, "disk"), "state reason"),
        arguments(new RegisteredRunnerResponse(8, "r", "t"), "runner_id name token"),
        arguments(new LeaseRequest("t"), "lease_token"),
        arguments(
            new LeaseResponse(
                7,
                5,
                3,
                "demo",
                4,
                "main.py",
                60,
                Map.of("a", 1),
                11,
                2,
                "t",
                AT,
                60,
                "ab",
                "default",
                3),
            "run_id run_no app_id app_slug version_no entrypoint timeout_seconds input attempt_id"
                + " attempt_no lease_token lease_expires_at lease_ttl_seconds artifact_sha256"
                + " environment max_retries"),
        arguments(
            new LeaseStateResponse(
                11, 2, AttemptStatus.CANCELLING, AT, 60, true, RunStatus.CANCELLING),
            "attempt_id attempt_no status lease_expires_at lease_ttl_seconds cancel_requested"
                + " run_status"),
        arguments(new LogBatchRequest(List.of(new LogLine(1L, LogStream.STDOUT, "x", AT))), "logs"),
        arguments(new LogLine(1L, LogStream.STDOUT, "x", AT), "seq stream line logged_at"),
        arguments(
            new ResultRequest(Outcome.FAILED, 1, "boom", ErrorClass.USER),
            "status exit_code error_message error_class"),
        arguments(new ReleaseRequest("draining"), "reason"),
        arguments(new StatusResponse("ok"), "status"),
        arguments(
            new ErrorResponse(
                new ErrorBody(ErrorCode.CONFLICT, "m", "r", List.of(new FieldError("f", "m")))),
            "error"),
        arguments(
            new ErrorBody(ErrorCode.GONE, "m", "r", List.of(new FieldError("f", "m"))),
            "code message request_id details"),
        arguments(new FieldError("f", "m"), "field message"));
  }

  @ParameterizedTest
  @MethodSource("records")
  void record_has_the_names_of_the_contract_and_reads_back(Object record, String names) {
    String json = JSON.writeValueAsString(record);

    assertThat(JSON.readTree(json).propertyNames()).containsExactlyInAnyOrder(names.split(" "));
    assertThat((Object) JSON.readValue(json, record.getClass())).isEqualTo(record);
  }

  @Test
  void no_record_of_the_package_is_left_out_of_the_table() throws IOException, URISyntaxException {
    Path classes =
        Path.of(RunResponse.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.list(classes.resolve("dev/minitower/model/api"))) {
      List<String> records =
          files
              .map(file -> file.getFileName().toString().replace(".class", ""))
              .filter(name -> isRecord("dev.minitower.model.api." + name))
              .toList();

      assertThat(records().map(row -> row.get()[0].getClass().getSimpleName()))
          .containsExactlyInAnyOrderElementsOf(records);
    }
  }

  private static boolean isRecord(String className) {
    try {
      return Class.forName(className).isRecord();
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Test
  void values_are_written_as_the_contract_has_them() {
    assertThat(
            JSON.writeValueAsString(
                new TokenResponse(6, null, Role.ADMIN, AT, null, null, null, false)))
        .isEqualTo(
            """
            {"token_id":6,"role":"admin","created_at":"2026-02-08T12:34:56.789Z","current":false}""");
    assertThat(JSON.writeValueAsString(new ResultRequest(Outcome.CANCELLED, null, null, null)))
        .contains("\"status\":\"cancelled\"");
    assertThat(JSON.writeValueAsString(ENTRY)).contains("\"stream\":\"stderr\"");
    assertThat(JSON.writeValueAsString(RUNNER)).contains("\"status\":\"online\"");
    assertThat(JSON.writeValueAsString(RUN)).contains("\"status\":\"dead\"");
    assertThat(JSON.writeValueAsString(RUN)).contains("\"error_class\":\"infrastructure\"");
  }

  @Test
  void optional_fields_without_a_value_are_left_out_of_answers() {
    RunResponse bare =
        new RunResponse(
            7,
            3,
            "demo",
            5,
            4,
            RunStatus.QUEUED,
            null,
            0,
            0,
            0,
            false,
            AT,
            null,
            null,
            "default",
            null,
            null,
            null,
            null);

    assertThat(JSON.readTree(JSON.writeValueAsString(bare)).propertyNames())
        .containsExactlyInAnyOrder(
            "run_id",
            "app_id",
            "app_slug",
            "run_no",
            "version_no",
            "status",
            "priority",
            "max_retries",
            "retry_count",
            "cancel_requested",
            "queued_at",
            "environment");
  }

  @Test
  void any_offset_is_read_in_a_time() {
    LogLine line =
        JSON.readValue(
            """
            {"seq":1,"stream":"stdout","line":"x","logged_at":"2026-02-08T13:34:56.789+01:00"}""",
            LogLine.class);

    assertThat(line.loggedAt()).isEqualTo(AT);
  }

  @ParameterizedTest
  @MethodSource("unknownWords")
  void unknown_word_of_a_closed_set_is_refused(String json, Class<?> type, String allowed) {
    assertThatThrownBy(() -> JSON.readValue(json, type))
        .isInstanceOf(JacksonException.class)
        .hasMessageContaining(allowed);
  }

  static Stream<Arguments> unknownWords() {
    return Stream.of(
        arguments("{\"role\":\"owner\"}", CreateTokenRequest.class, "admin, member"),
        arguments("{\"status\":\"dead\"}", ResultRequest.class, "completed, failed, cancelled"),
        arguments("{\"state\":\"idle\"}", RunnerStateRequest.class, "working, draining, paused"),
        arguments("{\"stream\":\"STDOUT\"}", LogLine.class, "stdout, stderr"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"cosmic_rays\"", "\"USER\"", "\"\"", "7", "null"})
  void class_of_error_that_is_not_known_is_none(String errorClass) {
    String json = "{\"status\":\"failed\",\"error_class\":%s}".formatted(errorClass);

    assertThat(JSON.readValue(json, ResultRequest.class))
        .isEqualTo(new ResultRequest(Outcome.FAILED, null, null, null));
  }

  @Test
  void runner_protocol_ignores_fields_that_it_does_not_know() {
    JsonMapper strict =
        JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    assertThat(strict.readValue("{\"reason\":\"x\",\"new\":1}", ReleaseRequest.class))
        .isEqualTo(new ReleaseRequest("x"));
    assertThat(strict.readValue("{\"state\":\"working\",\"new\":1}", RunnerStateRequest.class))
        .isEqualTo(new RunnerStateRequest(RunnerState.WORKING, null));
    assertThatThrownBy(() -> strict.readValue("{\"max_retry\":1}", CreateRunRequest.class))
        .isInstanceOf(JacksonException.class)
        .hasMessageContaining("max_retry");
  }
}
