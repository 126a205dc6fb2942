package dev.minitower.server.apps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestArtifact;
import dev.minitower.server.TestServer;
import dev.minitower.server.TestServer.TestTeam;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactCollectorTest {
  @TempDir Path folder;

  @Test
  void only_old_artifacts_that_no_version_names_are_removed() {
    try (TestServer server = TestServer.start(folder)) {
      TestTeam team = server.bootstrapTeam("acme");
      server.post("/api/v1/apps").token(team.token()).json("{\"slug\": \"kept\"}").send();
      byte[] named = TestArtifact.ofApp("kept", "x");
      server.post("/api/v1/apps/kept/versions").token(team.token()).file("artifact", named).send();
      ArtifactStore store = server.bean(ArtifactStore.class);
      ArtifactCollector collector = server.bean(ArtifactCollector.class);
      store(store, "old");
      server.clock().advance(Duration.ofDays(1).plusMillis(1));
      store(store, "young");

      assertThat(collector.collect()).isEqualTo(1);
      assertThat(collector.collect()).isZero();

      server.clock().advance(Duration.ofDays(1).plusMillis(1));
      assertThat(collector.collect()).isEqualTo(1);
      assertThat(
              server
                  .get("/api/v1/apps/kept/versions/1/artifact")
                  .token(team.token())
                  .send()
                  .bytes())
          .isEqualTo(named);
    }
  }

  private static void store(ArtifactStore store, String text) {
    store.store(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }
}
