package dev.minitower.server.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Inside a unit of work the writer's connection, everywhere else one of the read pool, so that a
 * repository method works in both. A thread can only ever write through {@link Transactions}.
 */
final class RoutingDataSource extends AbstractDataSource {
  private final DataSource writer;
  private final DataSource readers;
  private final BooleanSupplier onWriterThread;

  RoutingDataSource(DataSource writer, DataSource readers, BooleanSupplier onWriterThread) {
    this.writer = writer;
    this.readers = readers;
    this.onWriterThread = onWriterThread;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return (onWriterThread.getAsBoolean() ? writer : readers).getConnection();
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    throw new SQLException("SQLite has no users");
  }
}
