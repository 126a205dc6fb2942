package dev.minitower.server.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.minitower.server.platform.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * The SQLite file: locked against a second server, migrated, opened by one writing connection and a
 * pool of readers that can't write.
 */
final class SqliteDatabase implements AutoCloseable {
  private static final int READERS = 4;
  private static final String WRITER_PRAGMAS =
      "?journal_mode=WAL&synchronous=FULL&busy_timeout=5000&foreign_keys=true"
          + "&transaction_mode=IMMEDIATE";
  private static final String READER_PRAGMAS = "?busy_timeout=5000&transaction_mode=DEFERRED";

  private final DatabaseLock lock;
  private final HikariDataSource writer;
  private final HikariDataSource readers;

  private SqliteDatabase(DatabaseLock lock, HikariDataSource writer, HikariDataSource readers) {
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
      HikariDataSource writer = migrated(file);
      HikariConfig readers = pool("readers", file, READER_PRAGMAS, READERS);
      readers.setConnectionInitSql("PRAGMA query_only = ON");
      return new SqliteDatabase(lock, writer, new HikariDataSource(readers));
    } catch (RuntimeException e) {
      lock.close();
      throw e instanceof StartupException
          ? e
          : new StartupException("can't open the database %s: %s".formatted(file, e), e);
    }
  }

  private static HikariDataSource migrated(Path file) {
    HikariDataSource writer = new HikariDataSource(pool("writer", file, WRITER_PRAGMAS, 1));
    try {
      Migrations.apply(writer, file);
      return writer;
    } catch (RuntimeException e) {
      writer.close();
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

  private static HikariConfig pool(String name, Path file, String pragmas, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl("jdbc:sqlite:" + file + pragmas);
    config.setMaximumPoolSize(size);
    config.setMaxLifetime(0);
    return config;
  }

  DataSource writer() {
    return writer;
  }

  DataSource readers() {
    return readers;
  }

  /** The writer's next transaction gets a fresh connection. */
  void dropWriterConnection() {
    writer.getHikariPoolMXBean().softEvictConnections();
  }

  /** The writer goes last: the last connection checkpoints the WAL and removes it. */
  @Override
  public void close() {
    readers.close();
    writer.close();
    lock.close();
  }
}
