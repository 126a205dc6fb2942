package dev.minitower.server.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorSecretsTest {
  private static final Map<String, String> NO_TOKEN =
      Map.of("MINITOWER_RUNNER_REGISTRATION_TOKEN", "");

  @TempDir Path folder;

  private static int register(TestServer server, String token) {
    return server
        .post("/api/v1/runners/register")
        .token(token)
        .json("{\"name\": \"runner\"}")
        .send()
        .status();
  }

  @Test
  void a_registration_token_that_nobody_set_is_made_once_and_kept_private() throws IOException {
    Path data = folder.resolve("data");
    Path file = data.resolve("runner-registration-token");
    String token;

    try (TestServer server = TestServer.start(data, NO_TOKEN)) {
      token = Files.readString(file).strip();
      assertThat(token).hasSizeGreaterThan(40);
      assertThat(register(server, token)).isEqualTo(201);
      assertThat(register(server, TestServer.REGISTRATION_TOKEN)).isEqualTo(401);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");

    try (TestServer server = TestServer.start(data, NO_TOKEN)) {
      assertThat(register(server, token)).isEqualTo(200);
    }
  }
}
