package dev.minitower.server.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * That nobody pays for sharing a commit with others; what it gives is {@link
 * GroupCommitRatioTest}'s.
 */
class GroupCommitTest {
  @TempDir Path folder;
  private TestDatabase db;

  @BeforeEach
  void open() {
    db = new TestDatabase(folder.resolve("grouped")).withNumbers();
  }

  @AfterEach
  void close() {
    db.close();
  }

  private double counted(String counter) {
    return db.meters.get(counter).counter().count();
  }

  /**
   * The last unit ends only once the others are answered: in one group with them it never would.
   */
  @Test
  void a_slow_unit_is_committed_without_waiting_for_those_behind_it() {
    CountDownLatch othersAnswered = new CountDownLatch(1);
    TestDatabase.Gate slow = db.busyWriter();
    CompletableFuture<Boolean> behind =
        db.transactions.submit(() -> TestDatabase.await(othersAnswered));
    long enough = System.nanoTime() + 2 * GroupCommitWriter.MAX_GROUP_TIME.toNanos();
    await().until(() -> System.nanoTime() > enough);

    slow.open();
    othersAnswered.countDown();

    assertThat(behind.join()).isTrue();
  }

  /** Nobody is answered wrongly, whatever the units beside it do. */
  @Test
  void each_unit_gets_its_own_answer_whoever_fails_beside_it() {
    TestDatabase.Gate gate = db.busyWriter();
    double commits = counted("minitower_commits");
    List<CompletableFuture<Integer>> answers =
        IntStream.rangeClosed(1, 300)
            .mapToObj(n -> db.transactions.submit(() -> db.insert(n % 3 == 0 ? -n : n) * n))
            .toList();
    gate.open();

    for (int n = 1; n <= 300; n++) {
      CompletableFuture<Integer> answer = answers.get(n - 1);
      String heard =
          answer.handle((rows, failure) -> failure == null ? "" + rows : "refused").join();
      assertThat(heard).isEqualTo(n % 3 == 0 ? "refused" : "" + n);
    }
    assertThat(db.stored()).hasSize(200).noneMatch(n -> n % 3 == 0);
    assertThat(counted("minitower_commits") - commits).isLessThan(30);
    assertThat(counted("minitower_commit_failures")).isZero();
  }
}
