package dev.minitower.server.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A guard of speed: what sharing a commit gives, and that a lone caller doesn't pay for it, as
 * ratios within one run. Times by themselves say more of the machine than of the writer.
 *
 * @see dev.minitower.server.StatementCountsTest
 */
class GroupCommitRatioTest {
  @TempDir Path folder;
  private final AtomicInteger numbers = new AtomicInteger();
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

  private void write() {
    assertThat(db.transactions.write(() -> db.insert(numbers.incrementAndGet()))).isEqualTo(1);
  }

  /** Returns the nanoseconds that it took. */
  private long write(int callers, int each) {
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    long start = System.nanoTime();
    List<CompletableFuture<Void>> all =
        IntStream.range(0, callers)
            .mapToObj(
                i ->
                    CompletableFuture.runAsync(
                        () -> IntStream.range(0, each).forEach(n -> write()), threads))
            .toList();
    all.forEach(CompletableFuture::join);
    threads.shutdown();
    return System.nanoTime() - start;
  }

  @Test
  void a_lone_caller_has_each_commit_to_itself() {
    double commits = counted("minitower_commits");
    int stored = db.commits();

    write(1, 50);

    assertThat(counted("minitower_commits") - commits).isEqualTo(50);
    assertThat(db.commits() - stored).isEqualTo(50);
  }

  @Test
  void a_crowd_shares_them() {
    double commits = counted("minitower_commits");
    double units = counted("minitower_units");
    int stored = db.commits();

    write(32, 50);

    assertThat(counted("minitower_units") - units).isEqualTo(1_600);
    assertThat(counted("minitower_commits") - commits)
        .isLessThan(1_600 / 4)
        .isEqualTo(db.commits() - stored);
  }

  @Test
  void a_crowd_writes_more_than_twice_as_fast() {
    write(16, 50);
    long alone = 0;
    long crowd = 0;
    for (int round = 0; round < 3; round++) {
      alone += write(1, 100);
      crowd += write(16, 100);
    }

    assertThat(crowd).as("ns for 4,800 units, beside those for 300").isLessThan(alone * 16 / 2);
  }

  /** Beside the same insert in a plain transaction on a file of its own, turn by turn. */
  @Test
  void a_lone_caller_waits_hardly_longer_than_for_a_transaction_without_the_writer() {
    int rounds = 400;
    long[] grouped = new long[rounds];
    long[] plain = new long[rounds];
    try (SqliteDatabase other =
        SqliteDatabase.open(TestDatabase.settings(folder.resolve("plain")))) {
      Runnable insert = plainInsert(other.writer());
      for (int i = 0; i < rounds; i++) {
        grouped[i] = nanos(this::write);
        plain[i] = nanos(insert);
      }
    }

    assertThat(median(grouped)).isLessThan(median(plain) * 4);
  }

  private Runnable plainInsert(DataSource dataSource) {
    JdbcClient jdbc = JdbcClient.create(dataSource);
    TransactionTemplate transaction =
        new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    jdbc.sql("CREATE TABLE numbers (n INTEGER PRIMARY KEY) STRICT").update();
    return () ->
        transaction.executeWithoutResult(
            status ->
                assertThat(
                        jdbc.sql("INSERT INTO numbers (n) VALUES (:n)")
                            .param("n", numbers.incrementAndGet())
                            .update())
                    .isEqualTo(1));
  }

  private static long nanos(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return System.nanoTime() - start;
  }

  private static long median(long[] values) {
    return Arrays.stream(values).sorted().skip(values.length / 2).findFirst().orElseThrow();
  }
}
