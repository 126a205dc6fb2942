package dev.minitower.server.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLIntegrityConstraintViolationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqliteErrorsTest {
  static Stream<Arguments> meanings() {
    return Stream.of(
        Arguments.of(SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE, DuplicateKeyException.class),
        Arguments.of(SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY, DuplicateKeyException.class),
        Arguments.of(
            SQLiteErrorCode.SQLITE_CONSTRAINT_CHECK, DataIntegrityViolationException.class),
        Arguments.of(
            SQLiteErrorCode.SQLITE_CONSTRAINT_FOREIGNKEY, DataIntegrityViolationException.class),
        Arguments.of(
            SQLiteErrorCode.SQLITE_CONSTRAINT_NOTNULL, DataIntegrityViolationException.class),
        Arguments.of(
            SQLiteErrorCode.SQLITE_CONSTRAINT_TRIGGER, DataIntegrityViolationException.class),
        Arguments.of(SQLiteErrorCode.SQLITE_BUSY, CannotAcquireLockException.class),
        Arguments.of(SQLiteErrorCode.SQLITE_LOCKED, CannotAcquireLockException.class),
        Arguments.of(SQLiteErrorCode.SQLITE_ERROR, InvalidDataAccessResourceUsageException.class),
        Arguments.of(SQLiteErrorCode.SQLITE_FULL, DataAccessResourceFailureException.class),
        Arguments.of(SQLiteErrorCode.SQLITE_IOERR, DataAccessResourceFailureException.class),
        Arguments.of(SQLiteErrorCode.SQLITE_CORRUPT, DataAccessResourceFailureException.class),
        Arguments.of(SQLiteErrorCode.SQLITE_READONLY, DataAccessResourceFailureException.class),
        Arguments.of(SQLiteErrorCode.SQLITE_CANTOPEN, DataAccessResourceFailureException.class));
  }

  private static DataAccessException translated(SQLiteErrorCode code) {
    return new SqliteErrors().translate("task", "SELECT 1", new SQLiteException("text", code));
  }

  @ParameterizedTest
  @MethodSource("meanings")
  void a_result_code_has_its_meaning(SQLiteErrorCode code, Class<?> meaning) {
    assertThat(translated(code)).isExactlyInstanceOf(meaning);
  }

  @ParameterizedTest
  @EnumSource
  void no_result_code_is_left_without_one(SQLiteErrorCode code) {
    assertThat(translated(code)).isNotNull().hasRootCauseInstanceOf(SQLiteException.class);
  }

  @Test
  void an_error_that_is_not_sqlites_keeps_springs_meaning() {
    DataAccessException e =
        new SqliteErrors()
            .translate("task", null, new SQLIntegrityConstraintViolationException("x"));

    assertThat(e).isInstanceOf(DataIntegrityViolationException.class);
  }
}
