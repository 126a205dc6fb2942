package dev.minitower.model.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EndReasonTest {
  @ParameterizedTest
  @EnumSource
  void reason_goes_by_its_name(EndReason reason) {
    assertThat(reason.code()).isEqualTo(reason.name().toLowerCase(Locale.ROOT));
  }

  @Test
  void only_a_cancel_is_nobodys_error() {
    assertThat(Arrays.stream(EndReason.values()).filter(one -> one.errorClass().isEmpty()))
        .containsExactly(EndReason.CANCELLED);
  }

  @Test
  void damage_on_the_way_is_not_the_users_to_mend() {
    assertThat(EndReason.ARTIFACT_INVALID.errorClass()).contains(ErrorClass.USER);
    assertThat(EndReason.ARTIFACT_DAMAGED.errorClass()).contains(ErrorClass.INFRASTRUCTURE);
  }

  @Test
  void message_begins_with_the_code() {
    assertThat(EndReason.OUT_OF_MEMORY.message("killed at 512 MiB"))
        .isEqualTo("out_of_memory: killed at 512 MiB");
  }
}
