package dev.minitower.server.platform.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.minitower.model.identity.TokenKind;
import dev.minitower.server.platform.database.PrivateFiles;
import dev.minitower.server.platform.database.StartupException;
import dev.minitower.server.platform.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The secrets that the operator configured, or had generated; compared in constant time. */
@Component
public final class OperatorSecrets {
  private static final Logger log = LoggerFactory.getLogger(OperatorSecrets.class);
  private static final String REGISTRATION_FILE = "runner-registration-token";

  private final byte @Nullable [] bootstrap;
  private final byte[] registration;

  OperatorSecrets(Settings settings) {
    this.bootstrap = settings.bootstrapToken().map(token -> token.getBytes(UTF_8)).orElse(null);
    this.registration =
        settings
            .registrationToken()
            .orElseGet(() -> generatedOnce(settings.dataDir().resolve(REGISTRATION_FILE)))
            .getBytes(UTF_8);
  }

  private static String generatedOnce(Path file) {
    try {
      PrivateFiles.createFolder(Objects.requireNonNull(file.toAbsolutePath().getParent()));
      if (!Files.exists(file)) {
        PrivateFiles.write(file, TokenKind.REGISTRATION.generate() + "\n");
        log.info("Generated the runner registration token file={}", file);
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new StartupException(
          "can't read or create the runner registration token in %s: %s".formatted(file, e), e);
    }
  }

  public boolean bootstrapEnabled() {
    return bootstrap != null;
  }

  boolean isBootstrapToken(String token) {
    return bootstrap != null && MessageDigest.isEqual(bootstrap, token.getBytes(UTF_8));
  }

  boolean isRegistrationToken(String token) {
    return MessageDigest.isEqual(registration, token.getBytes(UTF_8));
  }
}
