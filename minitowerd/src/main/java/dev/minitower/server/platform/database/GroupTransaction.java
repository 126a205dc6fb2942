package dev.minitower.server.platform.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * One transaction of the writer's, in plain JDBC: Spring's manager would have the driver begin and
 * commit an empty transaction after each, and prepare two statements for each savepoint. What the
 * thread does through {@code dataSource} meanwhile is part of it.
 *
 * <p>Switching the driver's auto-commit off sends BEGIN IMMEDIATE, switching it on sends COMMIT.
 */
final class GroupTransaction implements AutoCloseable {
  private final DataSource dataSource;
  private final Connection connection;
  private final PreparedStatement savepoint;
  private final PreparedStatement release;

  private GroupTransaction(DataSource dataSource, Connection connection) throws SQLException {
    this.dataSource = dataSource;
    this.connection = connection;
    connection.setAutoCommit(false);
    savepoint = connection.prepareStatement("SAVEPOINT unit");
    release = connection.prepareStatement("RELEASE unit");
    ConnectionHolder holder = new ConnectionHolder(connection);
    holder.setSynchronizedWithTransaction(true);
    TransactionSynchronizationManager.bindResource(dataSource, holder);
  }

  static GroupTransaction begin(DataSource dataSource) throws SQLException {
    Connection connection = dataSource.getConnection();
    try {
      return new GroupTransaction(dataSource, connection);
    } catch (SQLException e) {
      JdbcUtils.closeConnection(connection);
      throw e;
    }
  }

  /** What is done from here on can be undone alone, until it is released. */
  void setSavepoint() throws SQLException {
    boolean unused = savepoint.execute();
  }

  void undoToSavepoint() throws SQLException {
    execute("ROLLBACK TO unit");
  }

  void releaseSavepoint() throws SQLException {
    boolean unused = release.execute();
  }

  /** Durable once this returns. */
  void commit() throws SQLException {
    connection.setAutoCommit(true);
  }

  /** Also where SQLite has rolled back already, or the COMMIT has failed. */
  void rollback() throws SQLException {
    execute("ROLLBACK");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean unused = statement.execute(sql);
    }
  }

  @Override
  public void close() {
    Object unused = TransactionSynchronizationManager.unbindResource(dataSource);
    JdbcUtils.closeStatement(savepoint);
    JdbcUtils.closeStatement(release);
    JdbcUtils.closeConnection(connection);
  }
}
