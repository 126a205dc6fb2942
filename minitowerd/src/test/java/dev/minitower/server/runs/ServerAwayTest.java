package dev.minitower.server.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestServer;
import dev.minitower.server.events.EventStreams;
import dev.minitower.server.runs.RunFixture.Lease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leases over a stop and a new start of the server. */
class ServerAwayTest {
  @TempDir Path dir;
  private TestServer server;
  private RunFixture fixture;

  @BeforeEach
  void start() {
    server = TestServer.start(dir);
    fixture = new RunFixture(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void time_that_the_server_was_away_is_not_held_against_runners() {
    Lease lease = fixture.leased();
    lease.start();
    server.close();
    server.clock().advance(Duration.ofHours(1));

    server = TestServer.start(dir, Map.of(), server.clock());
    fixture.reap(server);

    assertThat(lease.on(server).heartbeat().status()).isEqualTo(200);
  }

  @Test
  void a_lease_that_was_over_before_the_server_went_is_not_revived() {
    Lease lease = fixture.leased();
    fixture.leaseGoesOver();
    fixture.queue("");
    server.close();

    server = TestServer.start(dir, Map.of(), server.clock());

    assertThat(lease.on(server).heartbeat().status()).isEqualTo(410);
  }

  @Test
  void stopping_the_server_ends_the_event_streams() {
    long runId = fixture.queue("");
    try (Stream<String> lines = fixture.asTeam("GET", "/runs/" + runId + "/events").lines()) {
      Iterator<String> each = lines.iterator();
      assertThat(each.next()).isEqualTo("event: run");

      server.bean(EventStreams.class).stop();

      each.forEachRemaining(line -> assertThat(line).isNotEqualTo("event: end"));
    }
  }
}
