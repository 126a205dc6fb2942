package dev.minitower.server.platform.database;

import dev.minitower.server.TestClock;
import dev.minitower.server.platform.settings.Settings;
import dev.minitower.server.platform.settings.SettingsReader;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The database as the server wires it, with a table to write to that counts the commits. */
final class TestDatabase implements AutoCloseable {
  final MeterRegistry meters = new SimpleMeterRegistry();
  final SqliteDatabase database;
  final GroupCommitWriter writer;
  final JdbcClient jdbc;
  final JdbcClient reader;
  final Transactions transactions;

  TestDatabase(Path folder) {
    DatabaseConfiguration wiring = new DatabaseConfiguration();
    database = wiring.sqliteDatabase(settings(folder));
    writer = wiring.groupCommitWriter(meters);
    DataSource dataSource = wiring.dataSource(database, writer);
    jdbc = wiring.jdbcClient(dataSource);
    reader = JdbcClient.create(database.readers());
    transactions = wiring.transactions(database, writer, dataSource, jdbc, new TestClock());
  }

  static Settings settings(Path folder) {
    return SettingsReader.read(Map.of("MINITOWER_DATA_DIR", folder.toString())::get);
  }

  /** What is in the table is what was committed. */
  TestDatabase withNumbers() {
    for (String statement :
        new String[] {
          "CREATE TABLE numbers (n INTEGER PRIMARY KEY CHECK (n > 0), filler BLOB) STRICT",
          "CREATE TABLE commits (count INTEGER NOT NULL) STRICT",
          "INSERT INTO commits (count) VALUES (0)",
          """
          CREATE TRIGGER one_more_commit AFTER UPDATE ON server_clock
          BEGIN UPDATE commits SET count = count + 1; END
          """
        }) {
      transactions.write(() -> jdbc.sql(statement).update());
    }
    return this;
  }

  int insert(int n) {
    return jdbc.sql("INSERT INTO numbers (n) VALUES (:n)").param("n", n).update();
  }

  /** As seen by a connection that only reads. */
  List<Integer> stored() {
    return reader.sql("SELECT n FROM numbers ORDER BY n").query(Integer.class).list();
  }

  int commits() {
    return reader.sql("SELECT count FROM commits").query(Integer.class).single();
  }

  /** Keeps the writer busy, so that what is submitted meanwhile waits together. */
  Gate busyWriter() {
    Gate gate = new Gate();
    gate.passed = transactions.submit(gate::hold);
    gate.awaitHeld();
    return gate;
  }

  /** A unit of work that lasts until it is let go. */
  static final class Gate {
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);
    private CompletableFuture<Boolean> passed;

    private boolean hold() {
      held.countDown();
      return await(open);
    }

    private void awaitHeld() {
      var unused = await(held);
    }

    /** Returns once its unit was answered, one way or the other. */
    void open() {
      open.countDown();
      var unused = passed.handle((result, failure) -> result).join();
    }
  }

  static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    transactions.close();
    database.close();
  }
}
