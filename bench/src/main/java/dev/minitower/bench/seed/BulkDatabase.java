package dev.minitower.bench.seed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The database while it is filled: nothing is synced, the journal is kept in memory, and the
 * indexes and triggers of the big tables are away until all rows are there. What the triggers would
 * have done is done at once by {@link DerivedTables}.
 */
final class BulkDatabase implements AutoCloseable {
  private static final String SET_ASIDE =
      """
      SELECT type, name, sql FROM sqlite_schema
       WHERE type IN ('index', 'trigger') AND sql IS NOT NULL
         AND tbl_name IN ('runs', 'run_attempts', 'run_log_chunks')
       ORDER BY rowid
      """;

  private final Connection connection;
  private final List<String> setAside = new ArrayList<>();

  private BulkDatabase(Connection connection) {
    this.connection = connection;
  }

  static BulkDatabase open(Path file) throws SQLException {
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException("there is no database " + file + "; start a server first");
    }
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try {
      BulkDatabase bulk = new BulkDatabase(connection);
      bulk.begin(file);
      return bulk;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  Connection connection() {
    return connection;
  }

  private void begin(Path file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      leaveWal(statement, file);
      statement.execute("PRAGMA synchronous = OFF");
      statement.execute("PRAGMA cache_size = -524288");
      statement.execute("PRAGMA temp_store = MEMORY");
      statement.execute("PRAGMA foreign_keys = OFF");
      // Two thirds of an attempt's cost: each list of words is made anew for each row.
      statement.execute("PRAGMA ignore_check_constraints = ON");
    }
    connection.setAutoCommit(false);
    setAside();
  }

  /** WAL can only be left by the one connection that there is. */
  private static void leaveWal(Statement statement, Path file) throws SQLException {
    try (ResultSet mode = statement.executeQuery("PRAGMA journal_mode = MEMORY")) {
      if (!mode.next() || !mode.getString(1).equals("memory")) {
        throw new IllegalStateException("a server is using the database " + file);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("a server is using the database " + file, e);
    }
  }

  private void setAside() throws SQLException {
    List<String> drops = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SET_ASIDE)) {
      while (row.next()) {
        drops.add("DROP %s %s".formatted(row.getString("type"), row.getString("name")));
        setAside.add(row.getString("sql"));
      }
    }
    run(drops);
  }

  private void run(List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        int unused = statement.executeUpdate(sql);
      }
    }
  }

  /** Builds the indexes, and moves the server's clock, which never goes back, to the newest row. */
  void finish(Instant newest) throws SQLException {
    run(setAside);
    run(
        List.of(
            "UPDATE server_clock SET newest_at = max(newest_at, %d) WHERE id = 1"
                .formatted(newest.toEpochMilli())));
    connection.commit();
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA locking_mode = NORMAL");
      statement.execute("PRAGMA journal_mode = WAL");
    }
  }

  /** Without {@link #finish} all is undone. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
