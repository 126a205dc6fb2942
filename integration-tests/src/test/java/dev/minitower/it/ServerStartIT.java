package dev.minitower.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that can't start says why in one line, and harms nothing. */
class ServerStartIT {
  @RegisterExtension static final Site site = Site.withLongLeases();

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void second_server_on_the_same_database_refuses_and_names_the_file() {
    JarProcess second =
        site.server()
            .launchAnother(
                "second",
                Map.of("MINITOWER_LISTEN_ADDR", "127.0.0.1:" + MinitowerServer.freePort()));

    assertRefusal(second, "another minitowerd", site.server().database().toString());
    assertThat(site.cli().run("me").exitCode()).isZero();
  }

  @Test
  void port_that_is_taken_is_named() {
    JarProcess second =
        site.server()
            .launchAnother(
                "port", Map.of("MINITOWER_DATA_DIR", site.folder().resolve("other").toString()));

    assertRefusal(second, "port " + site.server().port() + " is in use", "MINITOWER_LISTEN_ADDR");
  }

  @Test
  void setting_that_can_not_be_read_is_named_with_what_is_allowed() {
    JarProcess misconfigured =
        site.server().launchAnother("setting", Map.of("MINITOWER_LEASE_TTL", "soon"));

    assertRefusal(misconfigured, "MINITOWER_LEASE_TTL", "'soon'", "allowed: a duration");
  }

  private static void assertRefusal(JarProcess process, String... parts) {
    assertThat(process.awaitExit(PATIENCE)).isPositive();
    assertThat(process.out() + process.err()).hasLineCount(1).contains(parts);
  }
}
