package dev.minitower.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minitower.cli.platform.CliException;
import dev.minitower.cli.platform.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest {
  private static final Connection.Flags NO_FLAGS = new Connection.Flags(null, null, null);
  private static final Map<String, String> NO_ENVIRONMENT = Map.of();

  @Test
  void default_address_is_used_when_nothing_names_another() {
    Connection connection = Connection.resolve(NO_FLAGS, NO_ENVIRONMENT, noProfiles());

    assertThat(connection.server().url()).isEqualTo("http://127.0.0.1:8080");
    assertThat(connection.token()).isNull();
  }

  @Test
  void active_profile_beats_the_default() {
    Connection connection = Connection.resolve(NO_FLAGS, NO_ENVIRONMENT, profiles());

    assertThat(connection.server().url()).isEqualTo("http://home:1");
    assertThat(connection.token()).isEqualTo("mtk_home");
  }

  @Test
  void environment_beats_the_profile() {
    var environment =
        Map.of("MINITOWER_SERVER_URL", "http://env:3", "MINITOWER_API_TOKEN", "mtk_env");

    Connection connection = Connection.resolve(NO_FLAGS, environment, profiles());

    assertThat(connection.server().url()).isEqualTo("http://env:3");
    assertThat(connection.token()).isEqualTo("mtk_env");
  }

  @Test
  void flags_beat_the_environment() {
    var environment =
        Map.of("MINITOWER_SERVER_URL", "http://env:3", "MINITOWER_API_TOKEN", "mtk_env");
    var flags = new Connection.Flags("http://flag:4", "mtk_flag", null);

    Connection connection = Connection.resolve(flags, environment, profiles());

    assertThat(connection.server().url()).isEqualTo("http://flag:4");
    assertThat(connection.token()).isEqualTo("mtk_flag");
  }

  @Test
  void named_profile_beats_the_active_one() {
    var flags = new Connection.Flags(null, null, "work");

    Connection connection = Connection.resolve(flags, NO_ENVIRONMENT, profiles());

    assertThat(connection.server().url()).isEqualTo("http://work:2");
    assertThat(connection.token()).isEqualTo("mtk_work");
  }

  @Test
  void empty_variables_count_as_unset() {
    var environment = Map.of("MINITOWER_SERVER_URL", "", "MINITOWER_API_TOKEN", "");

    Connection connection = Connection.resolve(NO_FLAGS, environment, profiles());

    assertThat(connection.server().url()).isEqualTo("http://home:1");
    assertThat(connection.token()).isEqualTo("mtk_home");
  }

  @Test
  void token_of_a_profile_is_not_sent_to_another_server() {
    var flags = new Connection.Flags("http://elsewhere:9", null, null);

    Connection connection = Connection.resolve(flags, NO_ENVIRONMENT, profiles());

    assertThat(connection.token()).isNull();
    assertThatThrownBy(connection::requireToken)
        .isInstanceOf(CliException.class)
        .hasMessageContaining("the token of profile 'home' is for http://home:1")
        .hasMessageNotContaining("mtk_home");
  }

  @Test
  void other_spelling_of_the_same_server_is_the_same_server() {
    var flags = new Connection.Flags("HTTP://HOME:1/", null, null);

    assertThat(Connection.resolve(flags, NO_ENVIRONMENT, profiles()).token()).isEqualTo("mtk_home");
  }

  @Test
  void neither_connection_nor_profile_prints_its_token() {
    assertThat(Connection.resolve(NO_FLAGS, NO_ENVIRONMENT, profiles()).toString())
        .doesNotContain("mtk_home");
    assertThat(profiles().profile("home").toString()).doesNotContain("mtk_home");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:8080",
        "ftp://host",
        "http://",
        "http://user:secret@host",
        "http://host/?a=b",
        "http://host/#top",
        "http://ho st"
      })
  void address_that_is_none_is_refused_with_its_origin(String address) {
    var environment = Map.of("MINITOWER_SERVER_URL", address);

    assertThatThrownBy(() -> Connection.resolve(NO_FLAGS, environment, noProfiles()))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("MINITOWER_SERVER_URL");
  }

  private static Config noProfiles() {
    return new Config(Json.object());
  }

  private static Config profiles() {
    Config config = noProfiles();
    config.set("home", "server", "http://home:1");
    config.set("home", "token", "mtk_home");
    config.set("work", "server", "http://work:2");
    config.set("work", "token", "mtk_work");
    return config;
  }
}
