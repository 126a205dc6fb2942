package dev.minitower.bench.seed;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The ids that a table gives next. */
final class Ids {
  private Ids() {}

  static long next(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT coalesce(max(id), 0) + 1 FROM " + table)) {
      boolean unused = row.next();
      return row.getLong(1);
    }
  }
}
