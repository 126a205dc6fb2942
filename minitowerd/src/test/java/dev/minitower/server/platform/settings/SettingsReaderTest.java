package dev.minitower.server.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
  private static Settings read(Map<String, String> values) {
    return SettingsReader.read(values::get);
  }

  private static Settings read(String name, String value) {
    return read(Map.of(name, value));
  }

  private static InvalidSettingsException refusal(Map<String, String> values) {
    return catchThrowableOfType(InvalidSettingsException.class, () -> read(values));
  }

  private static String onlyProblem(String name, String value) {
    InvalidSettingsException refusal = refusal(Map.of(name, value));
    assertThat(refusal).as("%s=%s was accepted", name, value).isNotNull();
    assertThat(refusal.problems()).hasSize(1);
    return refusal.problems().get(0);
  }

  @Test
  void nothing_set_is_a_server_for_this_machine_alone() {
    Settings settings = read(Map.of());

    Path data = Path.of("minitower-data").toAbsolutePath();
    assertThat(settings.listenAddress()).isEqualTo(new ListenAddress("127.0.0.1", 8080));
    assertThat(settings.dataDir()).isEqualTo(data);
    assertThat(settings.databasePath()).isEqualTo(data.resolve("minitower.db"));
    assertThat(settings.objectsDir()).isEqualTo(data.resolve("objects"));
    assertThat(settings.signupEnabled()).isEmpty();
    assertThat(settings.bootstrapToken()).isEmpty();
    assertThat(settings.registrationToken()).isEmpty();
    assertThat(settings.corsOrigins()).isEmpty();
    assertThat(settings.leaseTtl()).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.expiryCheckInterval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.runnerPruneAfter()).isEqualTo(Duration.ofHours(24));
    assertThat(settings.maxRequestBody()).isEqualTo(10L << 20);
    assertThat(settings.maxArtifact()).isEqualTo(100L << 20);
    assertThat(settings.metricsAddress()).isEmpty();
    assertThat(settings.jsonLogs()).isFalse();
  }

  @Test
  void an_empty_value_is_one_that_is_not_set() {
    assertThat(read("MINITOWER_LEASE_TTL", " ").leaseTtl()).isEqualTo(Duration.ofSeconds(60));
    assertThat(read("MINITOWER_BOOTSTRAP_TOKEN", "").bootstrapToken()).isEmpty();
    assertThat(read("MINITOWER_PUBLIC_SIGNUP_ENABLED", "").signupEnabled()).isEmpty();
  }

  @Test
  void database_and_artifacts_follow_the_data_folder_unless_they_are_set() {
    Settings moved = read("MINITOWER_DATA_DIR", "/srv/tower/../minitower");
    Settings apart =
        read(Map.of("MINITOWER_DATA_DIR", "/srv/minitower", "MINITOWER_DB_PATH", "/fast/m.db"));

    assertThat(moved.databasePath()).isEqualTo(Path.of("/srv/minitower/minitower.db"));
    assertThat(moved.objectsDir()).isEqualTo(Path.of("/srv/minitower/objects"));
    assertThat(apart.databasePath()).isEqualTo(Path.of("/fast/m.db"));
    assertThat(apart.objectsDir()).isEqualTo(Path.of("/srv/minitower/objects"));
  }

  @ParameterizedTest
  @CsvSource({
    "1ms, 1",
    "500ms, 500",
    "60s, 60000",
    "15m, 900000",
    "24h, 86400000",
    "1d, 86400000",
    "2H, 7200000",
    "3650d, 315360000000"
  })
  void durations_have_a_unit(String text, long millis) {
    assertThat(read("MINITOWER_LEASE_TTL", text).leaseTtl()).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "60",
        "0",
        "0s",
        "-1s",
        "1.5s",
        "s",
        "1 s",
        "1w",
        "PT1M",
        "9999999999999999s",
        "3651d",
        "999999999999999d",
        "99999999999d",
        "١s"
      })
  void other_durations_are_refused(String text) {
    assertThat(onlyProblem("MINITOWER_LEASE_TTL", text))
        .isEqualTo(
            "MINITOWER_LEASE_TTL: '%s' can't be read; allowed: a duration such as 500ms, 60s, 15m"
                    .formatted(text)
                + " or 24h, at most 3650d");
  }

  @Test
  void only_pruning_can_be_switched_off() {
    assertThat(read("MINITOWER_RUNNER_PRUNE_AFTER", "0").runnerPruneAfter()).isZero();
    assertThat(onlyProblem("MINITOWER_EXPIRY_CHECK_INTERVAL", "0")).contains("'0'");
    assertThat(onlyProblem("MINITOWER_RUNNER_PRUNE_AFTER", "never")).endsWith(", or 0 for off");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1048576, 1048576",
    "512KiB, 524288",
    "10MiB, 10485760",
    "10mib, 10485760",
    "2GiB, 2147483648",
    "1k, 1024",
    "3m, 3145728",
    "1kb, 1000",
    "1MB, 1000000",
    "1gb, 1000000000"
  })
  void sizes_are_bytes_or_have_a_unit(String text, long bytes) {
    assertThat(read("MINITOWER_MAX_ARTIFACT_SIZE", text).maxArtifact()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5MiB", "MiB", "10 MiB", "1TiB", "999999999999999GiB"})
  void other_sizes_are_refused(String text) {
    assertThat(onlyProblem("MINITOWER_MAX_REQUEST_BODY_SIZE", text))
        .isEqualTo(
            "MINITOWER_MAX_REQUEST_BODY_SIZE: '%s' can't be read; allowed: a size in bytes, or such"
                    .formatted(text)
                + " as 512KiB, 10MiB, 2GiB");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8080, 127.0.0.1, 8080",
    "localhost:0, localhost, 0",
    ":8080, '', 8080",
    "[::1]:65535, ::1, 65535",
    "[fe80::1]:1, fe80::1, 1",
    "tower.example.org:443, tower.example.org, 443"
  })
  void addresses_are_a_host_and_a_port(String text, String host, int port) {
    assertThat(read("MINITOWER_LISTEN_ADDR", text).listenAddress())
        .isEqualTo(new ListenAddress(host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8080",
        "localhost",
        "localhost:",
        "::1:8080",
        "[::1]",
        "[localhost]:1",
        "host:65536",
        "host:99999",
        "host:-1",
        "host:http",
        "http://host:80",
        "a b:80",
        "host:80/"
      })
  void other_addresses_are_refused(String text) {
    assertThat(onlyProblem("MINITOWER_METRICS_ADDR", text))
        .isEqualTo(
            "MINITOWER_METRICS_ADDR: '%s' can't be read; allowed: host:port, [v6 address]:port or"
                    .formatted(text)
                + " :port (all addresses)");
  }

  @ParameterizedTest
  @CsvSource({"true, true", "TRUE, true", "1, true", "yes, true", "false, false", "0, false"})
  void booleans_are_true_or_false(String text, boolean value) {
    assertThat(read("MINITOWER_PUBLIC_SIGNUP_ENABLED", text).signupEnabled()).hasValue(value);
    assertThat(read("MINITOWER_LOG_JSON", text).jsonLogs()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "enabled", "2", "tru"})
  void other_booleans_are_refused(String text) {
    assertThat(onlyProblem("MINITOWER_PUBLIC_SIGNUP_ENABLED", text))
        .isEqualTo(
            "MINITOWER_PUBLIC_SIGNUP_ENABLED: '%s' can't be read; allowed: true or false"
                .formatted(text));
  }

  @Test
  void origins_are_joined_by_commas() {
    String text = "https://console.example.org, http://localhost:5173,,http://[::1]:80";

    assertThat(read("MINITOWER_CORS_ORIGINS", text).corsOrigins())
        .containsExactly("https://console.example.org", "http://localhost:5173", "http://[::1]:80");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "console.example.org",
        "https://",
        "https://a.org/",
        "https://a.org/x",
        "https://a.org?x",
        "https://a.org#x",
        "https://me@a.org",
        "ftp://a.org",
        "https:a.org",
        "https://a.org,*",
        "https://a b",
        "//a.org"
      })
  void what_is_no_origin_is_refused(String text) {
    assertThat(onlyProblem("MINITOWER_CORS_ORIGINS", text)).contains("'" + text + "'");
  }

  @Test
  void a_secret_is_used_as_it_is_but_without_space_around_it() {
    assertThat(read("MINITOWER_BOOTSTRAP_TOKEN", "0123456789abcdeF ").bootstrapToken())
        .hasValue("0123456789abcdeF");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0123456789abcde", "0123456789 abcdef", "0123456789abcdeß", "0123456789\tabcdef"})
  void a_secret_that_is_weak_or_fits_no_header_is_refused_without_showing_it(String text) {
    for (String name :
        new String[] {"MINITOWER_BOOTSTRAP_TOKEN", "MINITOWER_RUNNER_REGISTRATION_TOKEN"}) {
      assertThat(onlyProblem(name, text))
          .isEqualTo(
              name
                  + ": '(hidden)' can't be read; allowed: at least 16 printable ASCII characters"
                  + " without spaces");
    }
  }

  @Test
  void a_path_that_can_not_be_one_is_refused() {
    assertThat(onlyProblem("MINITOWER_DATA_DIR", "a\0b")).startsWith("MINITOWER_DATA_DIR: ");
  }

  @Test
  void all_that_is_wrong_is_said_at_once() {
    InvalidSettingsException refusal =
        refusal(
            Map.of(
                "MINITOWER_LISTEN_ADDR", "nowhere",
                "MINITOWER_BOOTSTRAP_TOKEN", "short",
                "MINITOWER_LEASE_TTL", "soon",
                "MINITOWER_MAX_ARTIFACT_SIZE", "big",
                "MINITOWER_LOG_JSON", "false"));

    assertThat(refusal.problems())
        .extracting(problem -> problem.substring(0, problem.indexOf(':')))
        .containsExactly(
            "MINITOWER_LISTEN_ADDR",
            "MINITOWER_BOOTSTRAP_TOKEN",
            "MINITOWER_LEASE_TTL",
            "MINITOWER_MAX_ARTIFACT_SIZE");
    assertThat(refusal).hasMessage(String.join("\n", refusal.problems()));
  }

  @Test
  void every_problem_is_one_line() {
    assertThatThrownBy(() -> read("MINITOWER_LISTEN_ADDR", "first\nsecond"))
        .isInstanceOfSatisfying(
            InvalidSettingsException.class,
            refusal -> assertThat(refusal.problems().get(0).lines()).hasSize(1));
  }

  @Test
  void every_default_can_be_written_out() {
    for (Setting<?> setting : SettingsReader.ALL) {
      String text = setting.defaultValue();
      Settings written = read(setting.name(), text);

      assertThat(written).as(setting.name()).isEqualTo(read(Map.of()));
    }
  }
}
