package dev.minitower.server.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Flyway is passed over only where it would have nothing to do and nothing to say. */
class SchemaHistoryTest {
  private static final String SCRIPTS = "db/migration/sqlite";

  @TempDir Path folder;
  private DataSource file;

  @BeforeEach
  void migrate() {
    SqliteDatabase.open(TestDatabase.settings(folder)).close();
    file = new DriverManagerDataSource("jdbc:sqlite:" + folder.resolve("minitower.db"));
  }

  @Test
  void history_that_flyway_wrote_of_the_same_scripts_agrees() {
    assertThat(SchemaHistory.agreesWith(SCRIPTS, file)).isTrue();
  }

  @Test
  void database_without_a_history_does_not_agree() {
    var empty = new DriverManagerDataSource("jdbc:sqlite:" + folder.resolve("empty.db"));

    assertThat(SchemaHistory.agreesWith(SCRIPTS, empty)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM flyway_schema_history WHERE version = '2'",
        "UPDATE flyway_schema_history SET checksum = checksum + 1 WHERE version = '1'",
        "UPDATE flyway_schema_history SET checksum = NULL WHERE version = '1'",
        "UPDATE flyway_schema_history SET success = 0 WHERE version = '3'",
        "UPDATE flyway_schema_history SET script = 'V3__other.sql' WHERE version = '3'",
        "UPDATE flyway_schema_history SET version = NULL WHERE version = '3'",
        "UPDATE flyway_schema_history SET version = '999' WHERE version = '3'",
      })
  void whatever_else_it_holds_does_not_agree(String change) {
    execute(change);

    assertThat(SchemaHistory.agreesWith(SCRIPTS, file)).isFalse();
  }

  @Test
  void script_that_was_changed_after_it_was_applied_is_still_refused() {
    execute("UPDATE flyway_schema_history SET checksum = checksum + 1 WHERE version = '1'");

    assertThatThrownBy(() -> SqliteDatabase.open(TestDatabase.settings(folder)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("can't be brought to this program's schema");
  }

  private void execute(String change) {
    assertThat(JdbcClient.create(file).sql(change).update()).isEqualTo(1);
  }
}
