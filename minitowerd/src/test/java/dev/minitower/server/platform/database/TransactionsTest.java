package dev.minitower.server.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;

class TransactionsTest {
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

  @Test
  void whoever_waits_together_shares_a_commit() throws Exception {
    int before = db.commits();
    TestDatabase.Gate gate = db.busyWriter();
    List<CompletableFuture<Integer>> answers = new ArrayList<>();

    for (int n = 1; n <= 200; n++) {
      int number = n;
      answers.add(transactions.submit(() -> db.insert(number)));
    }
    gate.open();
    answers.forEach(CompletableFuture::join);

    assertThat(db.stored()).hasSize(200);
    assertThat(db.commits() - before).isLessThan(20);
  }

  @Test
  void many_threads_lose_nothing() throws Exception {
    int before = db.commits();
    ExecutorService threads = Executors.newFixedThreadPool(16);

    List<CompletableFuture<Integer>> answers =
        IntStream.rangeClosed(1, 800)
            .mapToObj(
                n ->
                    CompletableFuture.supplyAsync(
                        () -> transactions.write(() -> db.insert(n)), threads))
            .toList();
    answers.forEach(CompletableFuture::join);
    threads.shutdown();

    assertThat(db.stored())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 800).boxed().toList());
    assertThat(db.commits() - before).isLessThan(800);
  }

  @Test
  void nobody_is_answered_before_the_commit() {
    CountDownLatch inserted = new CountDownLatch(1);
    CountDownLatch proceed = new CountDownLatch(1);

    CompletableFuture<Integer> answer =
        transactions.submit(
            () -> {
              int rows = db.insert(1);
              inserted.countDown();
              TestDatabase.await(proceed);
              return rows;
            });
    TestDatabase.await(inserted);

    assertThat(answer).isNotDone();
    assertThat(db.stored()).isEmpty();

    proceed.countDown();
    assertThat(answer.join()).isEqualTo(1);
    assertThat(db.stored()).containsExactly(1);
  }

  @Test
  void a_unit_that_throws_undoes_only_itself() {
    TestDatabase.Gate gate = db.busyWriter();
    CompletableFuture<Integer> first = transactions.submit(() -> db.insert(1));
    CompletableFuture<Integer> refused =
        transactions.submit(
            () -> {
              db.insert(2);
              throw new IllegalArgumentException("refused");
            });
    CompletableFuture<Integer> last = transactions.submit(() -> db.insert(3));
    gate.open();

    assertThat(first.join()).isEqualTo(1);
    assertThat(last.join()).isEqualTo(1);
    assertThat(refused)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(IllegalArgumentException.class);
    assertThat(db.stored()).containsExactly(1, 3);
    assertThat(transactions.isHealthy()).isTrue();
  }

  @Test
  void a_caller_gets_its_units_own_exception() {
    transactions.write(() -> db.insert(1));

    assertThatThrownBy(() -> transactions.write(() -> db.insert(1)))
        .isInstanceOf(DuplicateKeyException.class);
    assertThatThrownBy(() -> transactions.write(() -> db.insert(-1)))
        .isInstanceOf(DataIntegrityViolationException.class);
    assertThat(db.stored()).containsExactly(1);
    assertThat(transactions.isHealthy()).isTrue();
  }

  @Test
  void a_defective_statement_fails_its_own_unit_alone() {
    TestDatabase.Gate gate = db.busyWriter();
    CompletableFuture<Integer> good = transactions.submit(() -> db.insert(1));
    CompletableFuture<Integer> defective =
        transactions.submit(() -> db.insert(2) + db.jdbc.sql("UPDATE nothing SET x = 1").update());
    gate.open();

    assertThat(good.join()).isEqualTo(1);
    assertThatThrownBy(defective::join)
        .hasCauseInstanceOf(InvalidDataAccessResourceUsageException.class);
    assertThat(db.stored()).containsExactly(1);
    assertThat(transactions.isHealthy()).isTrue();
  }

  @Test
  void a_read_that_fails_inside_a_unit_fails_that_unit_alone() {
    TestDatabase.Gate gate = db.busyWriter();
    CompletableFuture<Integer> other = transactions.submit(() -> db.insert(1));
    CompletableFuture<Integer> recovered =
        transactions.submit(
            () -> {
              try {
                return transactions.<Integer>read(
                    () -> {
                      throw new IllegalArgumentException("refused");
                    });
              } catch (IllegalArgumentException e) {
                return db.insert(2);
              }
            });
    gate.open();

    assertThat(other.join()).isEqualTo(1);
    assertThat(recovered.join()).isEqualTo(1);
    assertThat(db.stored()).containsExactly(1, 2);
  }

  @Test
  void a_unit_sees_what_it_wrote_itself() {
    int seen =
        transactions.write(
            () -> {
              db.insert(1);
              return transactions.read(
                  () -> db.jdbc.sql("SELECT count(*) FROM numbers").query(Integer.class).single());
            });

    assertThat(seen).isEqualTo(1);
  }

  @Test
  void a_read_is_one_snapshot() {
    transactions.write(() -> db.insert(1));

    transactions.read(
        () -> {
          int before = db.jdbc.sql("SELECT count(*) FROM numbers").query(Integer.class).single();
          transactions.write(() -> db.insert(2));
          int after = db.jdbc.sql("SELECT count(*) FROM numbers").query(Integer.class).single();
          assertThat(before).isEqualTo(1);
          assertThat(after).isEqualTo(1);
          return null;
        });

    assertThat(db.stored()).containsExactly(1, 2);
  }

  @Test
  void nothing_is_written_outside_a_unit() {
    assertThatThrownBy(() -> db.insert(1)).isInstanceOf(DataAccessException.class);
    assertThatThrownBy(() -> transactions.read(() -> db.insert(1)))
        .isInstanceOf(DataAccessException.class);
    assertThat(db.stored()).isEmpty();
  }

  @Test
  void a_unit_can_not_wait_for_another() {
    assertThatThrownBy(() -> transactions.write(() -> transactions.write(() -> db.insert(1))))
        .isInstanceOf(IllegalStateException.class);
    assertThat(db.stored()).isEmpty();
    assertThat(transactions.write(() -> db.insert(2))).isEqualTo(1);
  }

  @Test
  void a_hook_runs_once_its_unit_is_durable() {
    AtomicReference<List<Integer>> seen = new AtomicReference<>();

    transactions.write(
        () -> {
          transactions.afterCommit(() -> seen.set(db.stored()));
          return db.insert(1);
        });

    assertThat(seen.get()).containsExactly(1);
  }

  @Test
  void a_hook_of_a_unit_that_failed_never_runs() {
    List<String> ran = new ArrayList<>();

    assertThatThrownBy(
            () ->
                transactions.write(
                    () -> {
                      transactions.afterCommit(() -> ran.add("failed"));
                      throw new IllegalArgumentException("refused");
                    }))
        .isInstanceOf(IllegalArgumentException.class);
    transactions.write(
        () -> {
          transactions.afterCommit(() -> ran.add("committed"));
          return null;
        });

    assertThat(ran).containsExactly("committed");
  }

  @Test
  void a_hook_needs_a_unit() {
    assertThatThrownBy(() -> transactions.afterCommit(() -> {}))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatever_a_hook_does_the_unit_is_answered_and_the_writer_goes_on() {
    for (Runnable hook :
        List.<Runnable>of(
            () -> {
              throw new IllegalStateException("a listener's mistake");
            },
            () -> {
              throw new StackOverflowError("a listener's mistake");
            },
            () -> transactions.write(() -> db.insert(1_000)))) {
      int n = db.stored().size() + 1;

      int rows =
          transactions.write(
              () -> {
                transactions.afterCommit(hook);
                return db.insert(n);
              });

      assertThat(rows).isEqualTo(1);
    }
    assertThat(db.stored()).containsExactly(1, 2, 3);
  }

  @Test
  void an_error_in_a_unit_undoes_only_that() {
    assertThatThrownBy(
            () ->
                transactions.write(
                    () -> {
                      db.insert(1);
                      throw new StackOverflowError("deep");
                    }))
        .hasRootCauseInstanceOf(StackOverflowError.class);

    assertThat(transactions.write(() -> db.insert(2))).isEqualTo(1);
    assertThat(db.stored()).containsExactly(2);
  }
}
