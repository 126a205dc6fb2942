package dev.minitower.server.identity;

import dev.minitower.model.identity.Passwords;
import dev.minitower.server.platform.web.ApiException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes passwords, at most as many at a time as there are cores: a crowd that logs in slows itself
 * down and nobody else for long.
 */
@Component
final class PasswordHasher {
  static final int COST = 12;

  /**
   * Of this cost and of no known password: compared with where there is no hash, for the time it
   * takes.
   */
  static final String NO_PASSWORD = "$2a$12$t1iA/.z12cnPqypPxj02ae6bz2ngVqdcRWRUnKy3bxy1gIebg1P/G";

  private static final int MAX_WAIT_SECONDS = 10;

  private final BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder(COST);
  private final Semaphore cores = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

  /**
   * @param password of at most 72 bytes
   */
  String hash(String password) {
    return onOneCore(() -> bcrypt.encode(password));
  }

  /**
   * Takes the same time whatever is wrong, also if there is no hash.
   *
   * @param hash null for a team that is unknown or has no password
   */
  boolean matches(String password, @Nullable String hash) {
    boolean possible = hash != null && Passwords.problem(password).isEmpty();
    String compared = possible ? hash : NO_PASSWORD;
    String bounded = possible ? password : "";
    return onOneCore(() -> bcrypt.matches(bounded, compared)) && possible;
  }

  private <T> T onOneCore(Supplier<T> work) {
    acquireCore();
    try {
      return work.get();
    } finally {
      cores.release();
    }
  }

  private void acquireCore() {
    try {
      if (!cores.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw ApiException.unavailable("too many are logging in right now; try again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.unavailable("the server is shutting down");
    }
  }
}
