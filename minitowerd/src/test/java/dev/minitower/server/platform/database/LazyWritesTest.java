package dev.minitower.server.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataIntegrityViolationException;

/** What may wait is written together, or not at all. */
class LazyWritesTest {
  @TempDir Path folder;
  private TestDatabase database;

  @BeforeEach
  void open() {
    database = new TestDatabase(folder).withNumbers();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void all_that_waits_is_written_in_one_commit() {
    long before = commits();

    int written = lazy(new Waiting(1), new Waiting(2)).write();

    assertThat(written).isEqualTo(2);
    assertThat(database.stored()).containsExactly(1, 2);
    assertThat(commits() - before).isEqualTo(1);
  }

  @Test
  void nothing_is_committed_while_nothing_waits() {
    LazyWrites lazy = lazy(new Waiting(1));
    assertThat(lazy.write()).isEqualTo(1);
    long before = commits();

    assertThat(lazy.write()).isZero();

    assertThat(commits()).isEqualTo(before);
  }

  @Test
  void what_could_not_be_written_waits_for_the_next_time() {
    Waiting good = new Waiting(1);
    Waiting bad = new Waiting(-1);

    assertThatThrownBy(() -> lazy(good, bad).write())
        .isInstanceOf(DataIntegrityViolationException.class);

    assertThat(database.stored()).isEmpty();
    assertThat(good.unwritten()).isPresent();
    assertThat(bad.unwritten()).isPresent();
  }

  private LazyWrites lazy(Unwritten... sources) {
    return new LazyWrites(database.transactions, List.of(sources));
  }

  private long commits() {
    return database.reader.sql("SELECT count FROM commits").query(Long.class).single();
  }

  /** Waits to be stored, once. */
  private final class Waiting implements Unwritten {
    private final int value;
    private boolean stored;

    private Waiting(int value) {
      this.value = value;
    }

    @Override
    public Optional<Batch> unwritten() {
      return stored
          ? Optional.empty()
          : Optional.of(new Batch(() -> database.insert(value), () -> stored = true));
    }
  }
}
