package dev.minitower.model.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RequestChecksTest {
  private static final Instant NOW = Instant.parse("2026-02-08T12:34:56.789Z");
  private static final String LONG_TEXT = "x".repeat(8 * 1024 + 1);
  private static final String PASSWORD = "correct horse";

  private static RegisterRunnerRequest runner(@Nullable String name) {
    return new RegisterRunnerRequest(name, null, null, null, null, null, null);
  }

  private static RegisterRunnerRequest isolatedBy(String isolation) {
    return new RegisterRunnerRequest("r", null, null, null, null, null, isolation);
  }

  private static LogBatchRequest line(
      @Nullable Long seq, @Nullable LogStream stream, @Nullable String line, @Nullable Instant at) {
    return new LogBatchRequest(List.of(new LogLine(seq, stream, line, at)));
  }

  private static Map<String, String> labels(int count) {
    return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v"));
  }

  static Stream<Checked> good() {
    return Stream.of(
        new SignupRequest("acme", "Acme Inc.", PASSWORD),
        new LoginRequest("Any thing", "x"),
        new BootstrapTeamRequest("acme", "Ünï 漢字", null),
        new BootstrapTeamRequest("acme", "Acme", PASSWORD),
        new ChangePasswordRequest("old", PASSWORD),
        new CreateTokenRequest(null, null, null),
        new CreateTokenRequest("ci", Role.MEMBER, 1L),
        new CreateTokenRequest("n".repeat(128), Role.ADMIN, 10L * 366 * 86_400),
        new CreateAppRequest("my-app", null),
        new CreateAppRequest("my-app", "line one\nline two"),
        new UpdateAppRequest(null, null),
        new CreateRunRequest(null, null, null, null),
        new CreateRunRequest(Map.of("a", 1), 1, -1000, 100),
        new CreateRunRequest(null, Integer.MAX_VALUE, 1000, 0),
        runner("host-1"),
        new RegisterRunnerRequest("r", "default", "i", "0.1.0", labels(64), 256, "no-network"),
        isolatedBy("n".repeat(32)),
        new LeaseRequest(null),
        new LeaseRequest("mtl_" + "A".repeat(43)),
        line(1L, LogStream.STDOUT, "", NOW),
        line(Long.MAX_VALUE - 1, LogStream.STDERR, "x".repeat(8192), NOW),
        new LogBatchRequest(List.of()),
        new ResultRequest(Outcome.COMPLETED, 0, null, null),
        new ResultRequest(Outcome.CANCELLED, null, "stopped", null),
        new ReleaseRequest(null),
        new RunnerStateRequest(RunnerState.WORKING, null),
        new RunnerStateRequest(RunnerState.PAUSED, "x".repeat(500)));
  }

  @ParameterizedTest
  @MethodSource("good")
  void good_request_has_no_problem(Checked request) {
    assertThat(request.problems()).isEmpty();
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        arguments(new SignupRequest("A", "n", PASSWORD), "slug"),
        arguments(new SignupRequest("api", "n", PASSWORD), "slug"),
        arguments(new SignupRequest("acme", "  ", PASSWORD), "name"),
        arguments(new SignupRequest("acme", "n".repeat(129), PASSWORD), "name"),
        arguments(new SignupRequest("acme", "bell\u0007", PASSWORD), "name"),
        arguments(new SignupRequest("acme", "turn\u202Earound", PASSWORD), "name"),
        arguments(new SignupRequest("acme", "two\nlines", PASSWORD), "name"),
        arguments(new SignupRequest("acme", "n", "short"), "password"),
        arguments(new SignupRequest(null, null, null), "slug name password"),
        arguments(new LoginRequest("", ""), "slug password"),
        arguments(new LoginRequest(null, null), "slug password"),
        arguments(new BootstrapTeamRequest("acme", "n", ""), "password"),
        arguments(new BootstrapTeamRequest("-", null, null), "slug name"),
        arguments(new ChangePasswordRequest(null, "x".repeat(73)), "current_password new_password"),
        arguments(new CreateTokenRequest("", null, null), "name"),
        arguments(new CreateTokenRequest(null, null, 0L), "expires_in_seconds"),
        arguments(new CreateTokenRequest(null, null, -1L), "expires_in_seconds"),
        arguments(new CreateTokenRequest(null, null, Long.MAX_VALUE), "expires_in_seconds"),
        arguments(new CreateAppRequest("default", LONG_TEXT), "slug description"),
        arguments(new UpdateAppRequest(LONG_TEXT, true), "description"),
        arguments(new CreateRunRequest(null, 0, -1001, -1), "version_no priority max_retries"),
        arguments(new CreateRunRequest(null, null, 1001, 101), "priority max_retries"),
        arguments(runner(null), "name"),
        arguments(runner(""), "name"),
        arguments(runner("\u0000"), "name"),
        arguments(runner("r".repeat(129)), "name"),
        arguments(
            new RegisterRunnerRequest("r", "E!", "", "v".repeat(65), labels(65), 0, "A b"),
            "environment instance_id version labels max_concurrent isolation"),
        arguments(
            new RegisterRunnerRequest("r", null, null, null, Map.of("k", ""), 257, null),
            "labels.k max_concurrent"),
        arguments(isolatedBy(""), "isolation"),
        arguments(isolatedBy("n".repeat(33)), "isolation"),
        arguments(isolatedBy("process\n"), "isolation"),
        arguments(new LeaseRequest(""), "lease_token"),
        arguments(new LeaseRequest("mtr_" + "A".repeat(43)), "lease_token"),
        arguments(new LogBatchRequest(null), "logs"),
        arguments(line(0L, LogStream.STDOUT, "x", NOW), "logs[0].seq"),
        arguments(line(Long.MAX_VALUE, LogStream.STDOUT, "x", NOW), "logs[0].seq"),
        arguments(line(1L, LogStream.STDOUT, "x".repeat(8193), NOW), "logs[0].line"),
        arguments(line(1L, LogStream.STDOUT, "漢".repeat(2731), NOW), "logs[0].line"),
        arguments(
            line(null, null, null, null),
            "logs[0].seq logs[0].stream logs[0].line logs[0].logged_at"),
        arguments(new LogBatchRequest(Collections.singletonList(null)), "logs[0]"),
        arguments(new ResultRequest(null, null, LONG_TEXT, null), "status error_message"),
        arguments(new ReleaseRequest(LONG_TEXT), "reason"),
        arguments(new RunnerStateRequest(null, "x".repeat(501)), "state reason"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void every_field_at_fault_is_named(Checked request, String fields) {
    assertThat(request.problems()).extracting(FieldError::field).containsExactly(fields.split(" "));
    assertThat(request.problems()).allSatisfy(p -> assertThat(p.message()).isNotBlank());
  }

  @Test
  void batch_holds_a_thousand_lines_and_no_more() {
    List<LogLine> lines = new ArrayList<>();
    for (long seq = 1; seq <= 1_000; seq++) {
      lines.add(new LogLine(seq, LogStream.STDOUT, "x", NOW));
    }

    assertThat(new LogBatchRequest(lines).problems()).isEmpty();

    lines.add(new LogLine(1_001L, LogStream.STDOUT, "x", NOW));
    assertThat(new LogBatchRequest(lines).problems())
        .containsExactly(new FieldError("logs", "must have at most 1000 entries"));
  }
}
