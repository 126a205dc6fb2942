package dev.minitower.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.Invariants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The invariants V1 to V19 on a copy of a server's files. */
final class DatabaseCheck {
  private DatabaseCheck() {}

  static void assertSound(MinitowerServer server, Path folder) {
    Path copy = folder.resolve("copy.db");
    try {
      remove(copy);
      if (server.isAlive()) {
        backUp(server.database(), copy);
      } else {
        copyAsLeft(server.database(), copy);
      }
      check(copy, server.dataDir().resolve("objects"));
      remove(copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void check(Path copy, Path objects) {
    var connection = new SingleConnectionDataSource("jdbc:sqlite:" + copy, true);
    try {
      assertThat(Invariants.violations(JdbcClient.create(connection), objects)).isEmpty();
    } finally {
      connection.destroy();
    }
  }

  /** One moment of a database that is written to, page by page. */
  private static void backUp(Path database, Path copy) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        var statement = connection.createStatement()) {
      var unused = statement.executeUpdate("backup to '" + copy + "'");
    }
  }

  /** What a server that is gone has left behind, a write-ahead log included. */
  private static void copyAsLeft(Path database, Path copy) throws IOException {
    Files.copy(database, copy);
    Path log = beside(database, "-wal");
    if (Files.exists(log)) {
      Files.copy(log, beside(copy, "-wal"));
    }
  }

  private static void remove(Path copy) throws IOException {
    Files.deleteIfExists(copy);
    Files.deleteIfExists(beside(copy, "-wal"));
    Files.deleteIfExists(beside(copy, "-shm"));
  }

  private static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }
}
