package dev.minitower.model.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @ParameterizedTest
  @CsvSource({"TEAM, mtk_", "RUNNER, mtr_", "LEASE, mtl_", "REGISTRATION, mtg_"})
  void prefix_tells_what_a_token_is_for(TokenKind kind, String prefix) {
    assertThat(kind.prefix()).isEqualTo(prefix);
    assertThat(kind.generate()).matches(prefix + "[A-Za-z0-9_-]{43}");
  }

  @ParameterizedTest
  @EnumSource
  void token_matches_its_own_kind_only(TokenKind kind) {
    String token = kind.generate();

    assertThat(Arrays.stream(TokenKind.values()).filter(k -> k.matches(token)))
        .containsExactly(kind);
  }

  @Test
  void tokens_do_not_repeat() {
    assertThat(IntStream.range(0, 1_000).mapToObj(i -> TokenKind.TEAM.generate()))
        .doesNotHaveDuplicates();
  }

  @Test
  void token_of_another_form_is_none() {
    String body = "a".repeat(43);

    assertThat(TokenKind.LEASE.matches("mtl_" + body)).isTrue();
    assertThat(TokenKind.LEASE.matches(null)).isFalse();
    assertThat(TokenKind.LEASE.matches("")).isFalse();
    assertThat(TokenKind.LEASE.matches("mtl_" + body + "a")).isFalse();
    assertThat(TokenKind.LEASE.matches("mtl_" + body.substring(1))).isFalse();
    assertThat(TokenKind.LEASE.matches("mtl_" + body.substring(1) + "+")).isFalse();
    assertThat(TokenKind.LEASE.matches("mtl_" + body + "\n")).isFalse();
    assertThat(TokenKind.LEASE.matches("MTL_" + body)).isFalse();
  }

  @Test
  void hash_is_the_sha_256_of_the_text() {
    assertThat(TokenHash.of("abc").hex())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @ParameterizedTest
  @ValueSource(strings = {"12345678", "ääää", "pass word", "        "})
  void password_of_8_bytes_may_be_used(String password) {
    assertThat(Passwords.problem(password)).isEmpty();
  }

  @Test
  void password_is_measured_in_bytes() {
    assertThat(Passwords.problem("1234567")).contains("must be 8 to 72 bytes long");
    assertThat(Passwords.problem("x".repeat(72))).isEmpty();
    assertThat(Passwords.problem("x".repeat(73))).contains("must be 8 to 72 bytes long");
    assertThat(Passwords.problem("ä".repeat(37))).contains("must be 8 to 72 bytes long");
    assertThat(Passwords.problem(null)).contains("is required");
  }
}
