package dev.minitower.model.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {
  @Test
  void codes_and_statuses_are_those_of_the_contract() {
    assertThat(
            Arrays.stream(ErrorCode.values())
                .collect(
                    Collectors.groupingBy(
                        ErrorCode::httpStatus,
                        Collectors.mapping(ErrorCode::code, Collectors.joining(" ")))))
        .containsOnly(
            Map.entry(
                400,
                "invalid_request invalid_slug no_version towerfile_missing towerfile_invalid"
                    + " artifact_invalid"),
            Map.entry(401, "unauthorized"),
            Map.entry(403, "forbidden"),
            Map.entry(404, "not_found"),
            Map.entry(405, "method_not_allowed"),
            Map.entry(409, "conflict slug_taken team_exists app_disabled idempotency_mismatch"),
            Map.entry(410, "gone"),
            Map.entry(413, "too_large"),
            Map.entry(415, "unsupported_media_type"),
            Map.entry(429, "rate_limited"),
            Map.entry(500, "internal"),
            Map.entry(503, "unavailable"));
  }

  @ParameterizedTest
  @EnumSource
  void code_reads_back(ErrorCode code) {
    assertThat(ErrorCode.of(code.code())).isEqualTo(code);
  }

  @Test
  void code_of_a_newer_server_reads_as_internal() {
    assertThat(ErrorCode.of("quota_exceeded")).isEqualTo(ErrorCode.INTERNAL);
  }

  @ParameterizedTest
  @CsvSource({
    "400, INVALID_REQUEST", "401, UNAUTHORIZED", "403, FORBIDDEN", "404, NOT_FOUND",
    "405, METHOD_NOT_ALLOWED", "406, INVALID_REQUEST", "409, CONFLICT", "410, GONE",
    "413, TOO_LARGE", "415, UNSUPPORTED_MEDIA_TYPE", "418, INVALID_REQUEST", "429, RATE_LIMITED",
    "500, INTERNAL", "502, INTERNAL", "503, UNAVAILABLE"
  })
  void status_of_a_framework_has_a_general_code(int status, ErrorCode code) {
    assertThat(ErrorCode.forHttpStatus(status)).isEqualTo(code);
  }
}
