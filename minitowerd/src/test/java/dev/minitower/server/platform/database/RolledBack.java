package dev.minitower.server.platform.database;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database, opened as the server does, in which whatever is done is undone. */
public final class RolledBack implements AutoCloseable {
  private final SqliteDatabase database;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  public RolledBack(Path folder) {
    database = SqliteDatabase.open(TestDatabase.settings(folder));
    jdbc = JdbcClient.create(database.writer());
    transaction = new TransactionTemplate(new DataSourceTransactionManager(database.writer()));
  }

  public JdbcClient jdbc() {
    return jdbc;
  }

  public <T> T run(Supplier<T> work) {
    return transaction.execute(
        status -> {
          status.setRollbackOnly();
          return work.get();
        });
  }

  @Override
  public void close() {
    database.close();
  }
}
