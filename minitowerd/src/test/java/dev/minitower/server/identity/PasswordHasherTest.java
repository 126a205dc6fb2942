package dev.minitower.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordHasherTest {
  private final PasswordHasher hasher = new PasswordHasher();

  @Test
  void hashes_are_bcrypt_of_cost_twelve_and_salted() {
    String hash = hasher.hash("correct horse");

    assertThat(hash).startsWith("$2a$12$").isNotEqualTo(hasher.hash("correct horse"));
    assertThat(hasher.matches("correct horse", hash)).isTrue();
    assertThat(hasher.matches("correct horses", hash)).isFalse();
  }

  @Test
  void where_there_is_no_hash_one_of_the_same_cost_is_compared_and_nothing_matches() {
    assertThat(PasswordHasher.NO_PASSWORD)
        .startsWith("$2a$%d$".formatted(PasswordHasher.COST))
        .hasSize(60);
    assertThat(hasher.matches("correct horse", null)).isFalse();
    assertThat(hasher.matches("", null)).isFalse();
  }

  @Test
  void a_password_that_is_too_long_for_bcrypt_is_wrong_and_not_cut() {
    String hash = hasher.hash("x".repeat(72));

    assertThat(hasher.matches("x".repeat(72), hash)).isTrue();
    assertThat(hasher.matches("x".repeat(73), hash)).isFalse();
  }
}
