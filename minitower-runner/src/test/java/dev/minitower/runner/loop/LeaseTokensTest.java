package dev.minitower.runner.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minitower.model.identity.TokenKind;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTokensTest {
  @TempDir Path folder;
  private AttemptStore store;
  private LeaseTokens tokens;

  @BeforeEach
  void open() {
    store = new AttemptStore(folder);
    tokens = new LeaseTokens(store);
  }

  @Test
  void token_is_well_formed_and_on_disk_before_it_is_used() throws Exception {
    String token = tokens.next();

    assertThat(TokenKind.LEASE.matches(token)).isTrue();
    assertThat(store.readAll()).containsExactly(AttemptRecord.asked(token));
  }

  @Test
  void same_token_is_asked_with_until_it_is_taken() throws Exception {
    String token = tokens.next();
    assertThat(tokens.next()).isEqualTo(token);

    tokens.taken(token);

    assertThat(tokens.next()).isNotEqualTo(token);
    assertThat(store.readAll()).contains(AttemptRecord.asked(token));
  }

  @Test
  void dropped_token_leaves_the_disk() throws Exception {
    String token = tokens.next();

    tokens.dropped(token);

    assertThat(store.readAll()).isEmpty();
    assertThatThrownBy(() -> tokens.taken(token)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void tokens_of_an_earlier_life_come_first_take_turns_and_do_not_wait_the_first_time()
      throws Exception {
    tokens.recover("mtl_a");
    tokens.recover("mtl_b");

    assertThat(tokens.next()).isEqualTo("mtl_b");
    assertThat(tokens.next()).isEqualTo("mtl_a");
    assertThat(tokens.next()).isEqualTo("mtl_b");
    assertThat(tokens.isFirstQuestion("mtl_b")).isTrue();
    assertThat(tokens.isFirstQuestion("mtl_b")).isFalse();
  }
}
