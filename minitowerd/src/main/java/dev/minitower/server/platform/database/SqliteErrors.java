package dev.minitower.server.platform.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.sqlite.SQLiteException;

/** Gives SQLite's result codes Spring's meanings; Spring itself knows none of them. */
final class SqliteErrors extends SQLExceptionSubclassTranslator {
  @Override
  protected @Nullable DataAccessException doTranslate(
      String task, @Nullable String sql, SQLException e) {
    if (!(sqliteError(e) instanceof SQLiteException sqlite)) {
      return super.doTranslate(task, sql, e);
    }
    String message = buildMessage(task, sql, e);
    return switch (sqlite.getResultCode()) {
      case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID ->
          new DuplicateKeyException(message, e);
      case SQLITE_CONSTRAINT,
          SQLITE_CONSTRAINT_CHECK,
          SQLITE_CONSTRAINT_FOREIGNKEY,
          SQLITE_CONSTRAINT_NOTNULL,
          SQLITE_CONSTRAINT_DATATYPE,
          SQLITE_CONSTRAINT_TRIGGER ->
          new DataIntegrityViolationException(message, e);
      case SQLITE_BUSY,
          SQLITE_BUSY_SNAPSHOT,
          SQLITE_BUSY_RECOVERY,
          SQLITE_BUSY_TIMEOUT,
          SQLITE_LOCKED,
          SQLITE_LOCKED_SHAREDCACHE ->
          new CannotAcquireLockException(message, e);
      // A defect of ours. SQLite undoes that statement and keeps the transaction.
      case SQLITE_ERROR, SQLITE_MISMATCH, SQLITE_RANGE, SQLITE_TOOBIG ->
          new InvalidDataAccessResourceUsageException(message, e);
      default -> new DataAccessResourceFailureException(message, e);
    };
  }

  /** The pool wraps what the driver throws when it prepares a statement. */
  private static SQLException sqliteError(SQLException e) {
    return e.getCause() instanceof SQLiteException sqlite ? sqlite : e;
  }
}
