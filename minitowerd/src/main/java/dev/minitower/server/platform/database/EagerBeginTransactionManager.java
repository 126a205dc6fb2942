package dev.minitower.server.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;

/**
 * Begins when it says so. The SQLite driver sends its BEGIN only with the first statement, and a
 * savepoint set before that one would itself be the transaction: deferred, and committed when it is
 * released.
 */
final class EagerBeginTransactionManager extends DataSourceTransactionManager {
  EagerBeginTransactionManager(DataSource dataSource) {
    super(dataSource);
    setRollbackOnCommitFailure(true);
  }

  @Override
  protected void prepareTransactionalConnection(
      Connection connection, TransactionDefinition definition) throws SQLException {
    super.prepareTransactionalConnection(connection, definition);
    try (Statement statement = connection.createStatement()) {
      boolean unused = statement.execute("SELECT 1");
    }
  }
}
