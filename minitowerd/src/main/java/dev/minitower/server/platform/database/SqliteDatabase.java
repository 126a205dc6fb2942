package dev.minitower.server.platform.database;

import dev.minitower.server.platform.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SQLite file: locked against a second server, migrated, opened by one writing connection and a
 * pool of readers that can't write.
 */
final class SqliteDatabase implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SqliteDatabase.class);
  private static final int READERS = 4;

  /** For a connection; who gets none by then is told to ask again. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(30);

  /** Of each connection; more than the program has, so that none is prepared twice. */
  private static final int STATEMENTS = 256;

  private static final String WRITER_PRAGMAS =
      "?journal_mode=WAL&synchronous=FULL&busy_timeout=5000&foreign_keys=true"
          + "&transaction_mode=IMMEDIATE";
  private static final String READER_PRAGMAS = "?busy_timeout=5000&transaction_mode=DEFERRED";

  private final DatabaseLock lock;
  private final BasicDataSource writer;
  private final BasicDataSource readers;

  private SqliteDatabase(DatabaseLock lock, BasicDataSource writer, BasicDataSource readers) {
    this.lock = lock;
    this.writer = writer;
    this.readers = readers;
  }

  /**
   * @throws StartupException if the file is in use, can't be opened, or has a newer schema
   */
  static SqliteDatabase open(Settings settings) {
    Path file = settings.databasePath();
    createFolders(settings, file);
    DatabaseLock lock = DatabaseLock.acquire(file);
    try {
      BasicDataSource writer = migrated(file);
      BasicDataSource readers = pool(file, READER_PRAGMAS, READERS);
      readers.setConnectionInitSqls(List.of("PRAGMA query_only = ON"));
      return new SqliteDatabase(lock, writer, readers);
    } catch (RuntimeException e) {
      lock.close();
      throw e instanceof StartupException
          ? e
          : new StartupException("can't open the database %s: %s".formatted(file, e), e);
    }
  }

  private static BasicDataSource migrated(Path file) {
    BasicDataSource writer = pool(file, WRITER_PRAGMAS, 1);
    try {
      Migrations.apply(writer, file);
      return writer;
    } catch (RuntimeException e) {
      close(writer);
      throw e;
    }
  }

  private static void createFolders(Settings settings, Path file) {
    try {
      PrivateFiles.createFolder(settings.dataDir());
      PrivateFiles.createFolder(Objects.requireNonNull(file.getParent()));
      // An empty file is an empty database; SQLite gives the files beside it the same mode.
      PrivateFiles.createFile(file);
    } catch (IOException e) {
      throw new StartupException(
          "can't create the data folder %s: %s".formatted(settings.dataDir(), e), e);
    }
  }

  private static BasicDataSource pool(Path file, String pragmas, int size) {
    BasicDataSource pool = new BasicDataSource();
    pool.setUrl("jdbc:sqlite:" + file + pragmas);
    pool.setMaxTotal(size);
    pool.setMaxIdle(size);
    pool.setMaxWait(MAX_WAIT);
    pool.setPoolPreparedStatements(true);
    pool.setMaxOpenPreparedStatements(STATEMENTS);
    return pool;
  }

  DataSource writer() {
    return writer;
  }

  DataSource readers() {
    return readers;
  }

  /** The writer's next transaction gets a fresh connection. */
  void dropWriterConnection() {
    try {
      writer.restart();
    } catch (SQLException e) {
      throw new DatabaseUnavailableException("the writer's connection can't be dropped", e);
    }
  }

  /** The writer goes last: the last connection checkpoints the WAL and removes it. */
  @Override
  public void close() {
    close(readers);
    close(writer);
    lock.close();
  }

  private static void close(BasicDataSource pool) {
    try {
      pool.close();
    } catch (SQLException e) {
      log.warn("A database connection could not be closed", e);
    }
  }
}
