package dev.minitower.server.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

/** A database that can't commit, a server that stops. */
class BrokenCommitTest {
  @TempDir Path folder;
  private TestDatabase db;
  private Transactions transactions;

  @BeforeEach
  void open() {
    db = new TestDatabase(folder).withNumbers();
    transactions = db.transactions;
  }

  @AfterEach
  void close() {
    db.close();
  }

  /** SQLite's own way to have a full disk: it holds for this connection only. */
  private int fillDisk() {
    db.jdbc.sql("PRAGMA max_page_count = 1").query(Integer.class).single();
    return db.jdbc.sql("INSERT INTO numbers (n, filler) VALUES (99, zeroblob(1000000))").update();
  }

  private int swallowFullDisk() {
    try {
      return fillDisk();
    } catch (DataAccessException e) {
      return 0;
    }
  }

  /** Fails at the commit alone, as the constraint is only looked at there. */
  private int breakAtCommit() {
    db.jdbc.sql("PRAGMA defer_foreign_keys = ON").update();
    return db.jdbc
        .sql("INSERT INTO environments (team_id, name, created_at) VALUES (4711, 'x', 0)")
        .update();
  }

  private List<CompletableFuture<Integer>> group(Supplier<Integer> middle) {
    TestDatabase.Gate gate = db.busyWriter();
    List<CompletableFuture<Integer>> answers =
        List.of(
            transactions.submit(() -> insertAndHook(1)),
            transactions.submit(middle),
            transactions.submit(() -> insertAndHook(2)));
    gate.open();
    return answers;
  }

  private final List<Integer> hooks = new ArrayList<>();

  private int insertAndHook(int n) {
    transactions.afterCommit(() -> hooks.add(n));
    return db.insert(n);
  }

  private void assertAllRefusedThenHealed(Supplier<Integer> breaking) {
    List<CompletableFuture<Integer>> answers = group(breaking);

    // The last one may have come too late for the group that broke.
    for (CompletableFuture<Integer> answer : answers.subList(0, 2)) {
      assertThatThrownBy(answer::join).hasCauseInstanceOf(DatabaseUnavailableException.class);
    }
    assertThat(db.stored()).doesNotContain(1, 99);
    assertThat(hooks).doesNotContain(1);
    assertThat(transactions.write(() -> db.insert(3))).isEqualTo(1);
    assertThat(transactions.isHealthy()).isTrue();
    assertThat(db.stored()).contains(3).doesNotContain(1, 99);
  }

  @Test
  void a_full_disk_refuses_all_of_the_group_and_heals_by_itself() {
    assertAllRefusedThenHealed(this::fillDisk);
  }

  @Test
  void a_unit_that_swallows_a_full_disk_does_not_save_what_was_rolled_back() {
    assertAllRefusedThenHealed(this::swallowFullDisk);
  }

  @Test
  void a_commit_that_fails_refuses_all_of_the_group() {
    assertAllRefusedThenHealed(this::breakAtCommit);

    assertThat(db.reader.sql("SELECT count(*) FROM environments").query(Integer.class).single())
        .isZero();
  }

  @Test
  void the_writer_is_not_healthy_until_a_commit_goes_through_and_reading_goes_on() {
    transactions.write(() -> db.insert(1));

    assertThatThrownBy(() -> transactions.write(this::fillDisk))
        .isInstanceOf(DatabaseUnavailableException.class);

    assertThat(transactions.isHealthy()).isFalse();
    assertThat(db.stored()).containsExactly(1);
    assertThat(transactions.write(() -> 7)).isEqualTo(7);
    assertThat(transactions.isHealthy()).isTrue();
  }

  @Test
  void a_connection_that_was_closed_under_the_writer_is_replaced() {
    assertThatThrownBy(
            () ->
                transactions.write(
                    () -> {
                      db.insert(1);
                      return db.jdbc.sql("ROLLBACK").update();
                    }))
        .isInstanceOf(DatabaseUnavailableException.class);

    assertThat(transactions.write(() -> db.insert(2))).isEqualTo(1);
    assertThat(db.stored()).containsExactly(2);
  }

  @Test
  void what_is_queued_at_the_stop_is_committed_and_what_comes_later_is_refused() {
    TestDatabase.Gate gate = db.busyWriter();
    CompletableFuture<Integer> queued = transactions.submit(() -> db.insert(1));
    CompletableFuture<Void> closing = CompletableFuture.runAsync(transactions::close);
    gate.open();
    closing.join();

    assertThat(queued.join()).isEqualTo(1);
    assertThat(db.stored()).containsExactly(1);
    assertThatThrownBy(() -> transactions.write(() -> db.insert(2)))
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining("shutting down");
    assertThat(db.stored()).containsExactly(1);
  }
}
