package dev.minitower.server.platform.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** An empty database of the newest schema that tells how it would answer what it is asked. */
public final class QueryPlans implements AutoCloseable {
  private final SqliteDatabase database;
  private final List<String> asked = new ArrayList<>();

  public QueryPlans(Path folder) {
    database = SqliteDatabase.open(TestDatabase.settings(folder));
  }

  /** For the queries to be looked at. */
  public JdbcClient jdbc() {
    return JdbcClient.create(
        new DelegatingDataSource(database.writer()) {
          @Override
          public Connection getConnection() throws SQLException {
            return recording(super.getConnection());
          }
        });
  }

  private Connection recording(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                asked.add((String) arguments[0]);
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** The steps of all that {@code query} asks, a line each. */
  public String of(Runnable query) {
    asked.clear();
    query.run();
    if (asked.isEmpty()) {
      throw new AssertionError("nothing was asked");
    }
    return asked.stream().flatMap(sql -> steps(sql).stream()).collect(Collectors.joining("\n"));
  }

  private List<String> steps(String sql) {
    DataSource plain = database.writer();
    return new JdbcTemplate(plain)
        .query(
            "EXPLAIN QUERY PLAN " + sql,
            statement -> {
              for (int i = 1; i <= statement.getParameterMetaData().getParameterCount(); i++) {
                statement.setNull(i, Types.NULL);
              }
            },
            (row, i) -> row.getString("detail"));
  }

  @Override
  public void close() {
    database.close();
  }
}
