package dev.minitower.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestServer;
import dev.minitower.server.platform.auth.Routes;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation, called in the order in which a team and its runner would, answers as described.
 */
class DocumentedAnswersTest {
  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void every_operation_answers_as_it_is_described() {
    EveryOperation use = new EveryOperation(server);

    use.callAll();

    Set<String> operations =
        Routes.ALL.stream().map(SpringdocDocument::key).collect(Collectors.toSet());
    assertThat(operations.remove("GET /api/docs")).as("comes with the console").isTrue();
    assertThat(use.called()).isEqualTo(operations);
  }
}
