package dev.minitower.model.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class SlugsTest {
  @ParameterizedTest
  @ValueSource(strings = {"ab", "a1", "00", "2fast", "a-b", "a--b", "apis", "default-2"})
  void name_of_letters_digits_and_inner_dashes_may_be_used(String slug) {
    assertThat(Slugs.problem(slug)).isEmpty();
    assertThat(Slugs.environmentProblem(slug)).isEmpty();
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {"a", "-ab", "ab-", "Ab", "a_b", "a.b", "a b", "ab\n", "\nab", "äb", "a/b", "аb"})
  void any_other_form_is_refused(String slug) {
    assertThat(Slugs.problem(slug)).isPresent();
    assertThat(Slugs.environmentProblem(slug)).isPresent();
  }

  @Test
  void length_is_2_to_63() {
    assertThat(Slugs.problem("a".repeat(63))).isEmpty();
    assertThat(Slugs.problem("a".repeat(64))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"api", "admin", "system", "internal"})
  void reserved_names_are_refused_everywhere(String slug) {
    assertThat(Slugs.problem(slug)).contains("'" + slug + "' is reserved");
    assertThat(Slugs.environmentProblem(slug)).contains("'" + slug + "' is reserved");
  }

  @Test
  void default_is_a_name_for_environments_only() {
    assertThat(Slugs.problem("default")).contains("'default' is reserved");
    assertThat(Slugs.environmentProblem("default")).isEmpty();
  }
}
