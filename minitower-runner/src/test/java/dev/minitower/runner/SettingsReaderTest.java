package dev.minitower.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minitower.runner.RunnerSettings.Storage;
import dev.minitower.runner.execution.Isolation;
import dev.minitower.runner.execution.Limits;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
  private final Map<String, String> variables =
      new HashMap<>(
          Map.of(
              "MINITOWER_SERVER_URL", "http://localhost:8080/",
              "MINITOWER_RUNNER_REGISTRATION_TOKEN", "let-me-in"));

  @TempDir Path folder;

  @Test
  void everything_but_server_and_token_has_a_default() throws Exception {
    RunnerSettings settings = read();

    assertThat(settings.serverUrl()).isEqualTo(URI.create("http://localhost:8080"));
    assertThat(settings.registrationToken()).isEqualTo("let-me-in");
    assertThat(settings.name()).isNotBlank();
    assertThat(settings.environment()).isEqualTo("default");
    assertThat(settings.concurrency()).isEqualTo(1);
    assertThat(settings.pythonBin()).isEqualTo("python3");
    assertThat(settings.times().pollInterval()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.times().killGrace()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.times().fencingMargin()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.uvBin()).isEqualTo("uv");
    assertThat(settings.dataDir())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".minitower"));
  }

  @Test
  void limits_sizes_and_isolation_are_read() throws Exception {
    variables.put("MINITOWER_ISOLATION", "namespace");
    variables.put("MINITOWER_ISOLATION_NETWORK", "false");
    variables.put("MINITOWER_LIMIT_OPEN_FILES", "256");
    variables.put("MINITOWER_LIMIT_MEMORY", "512MiB");
    variables.put("MINITOWER_LIMIT_CPU_TIME", "1h");
    variables.put("MINITOWER_MIN_FREE_SPACE", "2GB");

    RunnerSettings settings = read();

    assertThat(settings.isolation()).isEqualTo(Isolation.NAMESPACE);
    assertThat(settings.workloadNetwork()).isFalse();
    assertThat(settings.limits()).isEqualTo(new Limits(256, null, 512L << 20, Duration.ofHours(1)));
    assertThat(settings.storage()).isEqualTo(new Storage(256L << 20, 5L << 30, 2_000_000_000L));
  }

  @ParameterizedTest
  @CsvSource({
    "MINITOWER_SERVER_URL,localhost:8080,http://localhost:8080",
    "MINITOWER_SERVER_URL,ftp://host,http://localhost:8080",
    "MINITOWER_SERVER_URL,http://,http://localhost:8080",
    "MINITOWER_SERVER_URL,http://user:secret@host,http://localhost:8080",
    "MINITOWER_SERVER_URL,http://bad host,http://localhost:8080",
    "MINITOWER_RUNNER_ENVIRONMENT,Prod,2 to 63 characters",
    "MINITOWER_RUNNER_CONCURRENCY,0,from 1 to 256",
    "MINITOWER_RUNNER_CONCURRENCY,257,from 1 to 256",
    "MINITOWER_RUNNER_CONCURRENCY,two,from 1 to 256",
    "MINITOWER_POLL_INTERVAL,0s,from 100ms to 1h",
    "MINITOWER_KILL_GRACE_PERIOD,10,from 0s to 1h",
    "MINITOWER_KILL_GRACE_PERIOD,2h,from 0s to 1h",
    "MINITOWER_DRAIN_TIMEOUT,25h,from 0s to 24h",
    "MINITOWER_ISOLATION,docker,process or namespace",
    "MINITOWER_ISOLATION_NETWORK,off,true or false",
    "MINITOWER_LIMIT_OPEN_FILES,3,from 16",
    "MINITOWER_LIMIT_PROCESSES,many,a number from 1",
    "MINITOWER_LIMIT_MEMORY,1MiB,at least 16777216",
    "MINITOWER_LIMIT_CPU_TIME,0s,from 1s",
    "MINITOWER_LOG_SPOOL_MAX_SIZE,1kB,at least",
    "MINITOWER_CACHE_MAX_SIZE,5 GB,such as 512KiB",
    "MINITOWER_CACHE_MAX_SIZE,99999999999GiB,such as 512KiB",
    "MINITOWER_MIN_FREE_SPACE,1Gb,such as 512KiB"
  })
  void bad_value_is_refused_in_one_line_with_name_value_and_what_is_allowed(
      String name, String value, String allowed) {
    variables.put(name, value);

    assertThatThrownBy(this::read)
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(name + "=" + value)
        .hasMessageContaining(allowed)
        .hasMessageNotContaining("\n");
  }

  @Test
  void missing_server_is_named() {
    variables.remove("MINITOWER_SERVER_URL");

    assertThatThrownBy(this::read).hasMessageContaining("MINITOWER_SERVER_URL is not set");
  }

  @Test
  void missing_token_is_named_with_both_ways_to_give_it() {
    variables.put("MINITOWER_RUNNER_REGISTRATION_TOKEN", " ");

    assertThatThrownBy(this::read)
        .hasMessageContaining("MINITOWER_RUNNER_REGISTRATION_TOKEN is not set")
        .hasMessageContaining("MINITOWER_RUNNER_REGISTRATION_TOKEN_FILE");
  }

  @Test
  void token_may_be_in_a_file() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "from-file\n");
    variables.remove("MINITOWER_RUNNER_REGISTRATION_TOKEN");
    variables.put("MINITOWER_RUNNER_REGISTRATION_TOKEN_FILE", file.toString());

    assertThat(read().registrationToken()).isEqualTo("from-file");
  }

  @Test
  void token_file_that_is_not_there_is_named() {
    variables.remove("MINITOWER_RUNNER_REGISTRATION_TOKEN");
    variables.put("MINITOWER_RUNNER_REGISTRATION_TOKEN_FILE", "/no/such/file");

    assertThatThrownBy(this::read)
        .hasMessageContaining("MINITOWER_RUNNER_REGISTRATION_TOKEN_FILE=/no/such/file");
  }

  @Test
  void token_and_file_at_once_are_refused() {
    variables.put("MINITOWER_RUNNER_REGISTRATION_TOKEN_FILE", "/token");

    assertThatThrownBy(this::read).hasMessageContaining("both set");
  }

  @Test
  void token_is_never_shown() throws Exception {
    assertThat(read().toString()).doesNotContain("let-me-in");

    variables.put("MINITOWER_RUNNER_REGISTRATION_TOKEN", "se cret");
    assertThatThrownBy(this::read).hasMessageNotContaining("se cret");
  }

  @Test
  void home_folder_is_expanded_in_the_data_folder() throws Exception {
    variables.put("MINITOWER_DATA_DIR", "~/x");

    assertThat(read().dataDir()).isEqualTo(Path.of(System.getProperty("user.home"), "x"));
  }

  private RunnerSettings read() throws InvalidSettingException {
    return new SettingsReader(variables).read();
  }
}
