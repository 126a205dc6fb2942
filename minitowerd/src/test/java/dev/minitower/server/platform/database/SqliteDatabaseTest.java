package dev.minitower.server.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minitower.server.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.apache.commons.dbcp2.BasicDataSource;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class SqliteDatabaseTest {
  @TempDir Path folder;

  private SqliteDatabase open() {
    return SqliteDatabase.open(TestDatabase.settings(folder));
  }

  private Path file() {
    return folder.resolve("minitower.db");
  }

  private Connection rawConnection() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file() + "?busy_timeout=0");
  }

  private void execute(String statement) throws SQLException {
    try (Connection connection = rawConnection();
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  private void assertRefused(String... words) {
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            StartupException.class,
            refusal -> {
              assertThat(refusal).hasMessageContaining(file().toString());
              assertThat(refusal).hasMessageContainingAll(words);
              assertThat(refusal.getMessage().lines()).hasSize(1);
            });
  }

  @Test
  void connections_keep_their_statements_and_nobody_waits_for_one_for_ever() {
    try (SqliteDatabase database = open()) {
      assertThat(List.of(database.writer(), database.readers()))
          .asInstanceOf(InstanceOfAssertFactories.list(BasicDataSource.class))
          .allMatch(BasicDataSource::isPoolPreparedStatements)
          .allMatch(pool -> pool.getMaxWaitDuration().equals(Duration.ofSeconds(30)));
    }
  }

  @Test
  void every_commit_is_synced_and_written_ahead_and_keys_are_enforced() {
    try (SqliteDatabase database = open()) {
      JdbcClient writer = JdbcClient.create(database.writer());

      assertThat(pragma(writer, "journal_mode")).isEqualTo("wal");
      assertThat(pragma(writer, "synchronous")).isEqualTo("2");
      assertThat(pragma(writer, "foreign_keys")).isEqualTo("1");
      assertThat(pragma(writer, "busy_timeout")).isEqualTo("5000");
      assertThat(pragma(JdbcClient.create(database.readers()), "query_only")).isEqualTo("1");
    }
  }

  private static String pragma(JdbcClient jdbc, String name) {
    return jdbc.sql("PRAGMA " + name).query(String.class).single();
  }

  @Test
  void what_the_server_keeps_is_its_own_users_alone() throws IOException {
    folder = folder.resolve("new/data");
    try (SqliteDatabase database = open()) {
      assertThat(mode(folder)).isEqualTo("rwx------");
      assertThat(mode(file())).isEqualTo("rw-------");
      assertThat(mode(folder.resolve("minitower.db-wal"))).isEqualTo("rw-------");
      assertThat(database.writer()).isNotNull();
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void a_stopped_server_leaves_one_file_with_everything_in_it() {
    open().close();

    assertThat(folder.resolve("minitower.db-wal")).doesNotExist();
    assertThat(file()).isNotEmptyFile();
  }

  @Test
  void a_second_server_on_the_same_file_is_refused_while_the_first_runs() {
    SqliteDatabase first = open();

    assertRefused("another minitowerd is using the database");

    first.close();
    open().close();
  }

  @Test
  void a_newer_schema_is_refused_and_left_alone() throws SQLException {
    open().close();
    execute(
        """
        INSERT INTO flyway_schema_history
          (installed_rank, version, description, type, script, installed_by, execution_time, success)
        VALUES (999, '999', 'from the future', 'SQL', 'V999__future.sql', '', 1, 1)
        """);

    assertRefused("schema version 999", "newer than this program");

    execute("DELETE FROM flyway_schema_history WHERE version = '999'");
    open().close();
  }

  @Test
  void a_database_of_another_program_is_refused() throws SQLException {
    execute("CREATE TABLE teams (of_another_program TEXT)");

    assertRefused("schema");

    execute("INSERT INTO teams (of_another_program) VALUES ('still as it was')");
  }

  @Test
  void what_is_no_database_is_refused_and_left_alone() throws IOException {
    Files.writeString(file(), "Dear diary, today I was not a database. ".repeat(100));

    assertRefused("not a database");

    assertThat(file()).content().startsWith("Dear diary");
  }

  @Test
  void a_folder_that_can_not_be_made_is_named() throws IOException {
    Files.writeString(folder.resolve("occupied"), "a file");
    Path inTheWay = folder.resolve("occupied");

    assertThatThrownBy(() -> SqliteDatabase.open(TestDatabase.settings(inTheWay)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(inTheWay.toString());
  }

  @Test
  void a_transaction_has_begun_before_its_first_savepoint() throws SQLException {
    try (SqliteDatabase database = open()) {
      JdbcClient jdbc = JdbcClient.create(database.writer());
      try (GroupTransaction transaction = GroupTransaction.begin(database.writer())) {
        assertThatThrownBy(() -> execute("UPDATE server_clock SET newest_at = 5"))
            .as("somebody else wrote inside the transaction")
            .hasMessageContaining("SQLITE_BUSY");

        transaction.setSavepoint();
        assertThat(jdbc.sql("UPDATE server_clock SET newest_at = 7").update()).isEqualTo(1);
        transaction.releaseSavepoint();
        transaction.rollback();
      }

      assertThat(jdbc.sql("SELECT newest_at FROM server_clock").query(Long.class).single())
          .isZero();
    }
  }

  @Test
  void the_newest_commits_time_is_kept_for_the_next_start() {
    try (TestDatabase db = new TestDatabase(folder)) {
      db.transactions.write(() -> 1);
    }

    try (SqliteDatabase database = open()) {
      long newest =
          JdbcClient.create(database.readers())
              .sql("SELECT newest_at FROM server_clock")
              .query(Long.class)
              .single();
      assertThat(newest).isEqualTo(new TestClock().millis());
    }
  }
}
