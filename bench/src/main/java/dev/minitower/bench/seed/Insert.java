package dev.minitower.bench.seed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Rows for one table, sent to it a few thousand at a time. */
final class Insert implements AutoCloseable {
  private static final int BATCH = 2_000;

  private final PreparedStatement statement;
  private int waiting;

  Insert(Connection connection, String table, String... columns) throws SQLException {
    statement =
        connection.prepareStatement(
            "INSERT INTO %s (%s) VALUES (%s)"
                .formatted(
                    table,
                    String.join(", ", columns),
                    String.join(", ", Collections.nCopies(columns.length, "?"))));
  }

  /** The values in the order of the columns. */
  void add(@Nullable Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    statement.addBatch();
    waiting++;
    if (waiting == BATCH) {
      send();
    }
  }

  private void send() throws SQLException {
    int[] unused = statement.executeBatch();
    waiting = 0;
  }

  /** Sends what waits; to be called once, and not after a failure. */
  void flush() throws SQLException {
    send();
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
