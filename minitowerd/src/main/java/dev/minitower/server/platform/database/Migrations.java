package dev.minitower.server.platform.database;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Brings the schema to this program's version, and refuses one that is newer. */
final class Migrations {
  private static final String SCRIPTS = "db/migration/sqlite";

  private Migrations() {}

  /**
   * @throws StartupException if the schema is newer than the program, or a migration fails; the old
   *     schema is then as it was, since each migration is one transaction
   */
  static void apply(DataSource dataSource, Path database) {
    if (SchemaHistory.agreesWith(SCRIPTS, dataSource)) {
      return;
    }
    try {
      Flyway flyway =
          Flyway.configure(Migrations.class.getClassLoader())
              .dataSource(dataSource)
              .locations("classpath:" + SCRIPTS)
              .load();
      refuseNewer(flyway, database);
      var unused = flyway.migrate();
    } catch (FlywayException e) {
      throw new StartupException(
          "the database %s can't be brought to this program's schema: %s"
              .formatted(database, firstLine(e)),
          e);
    }
  }

  private static void refuseNewer(Flyway flyway, Path database) {
    for (MigrationInfo migration : flyway.info().applied()) {
      if (migration.getState() == MigrationState.FUTURE_SUCCESS
          || migration.getState() == MigrationState.FUTURE_FAILED) {
        throw new StartupException(
            "the database %s has schema version %s, which is newer than this program knows; start the"
                    .formatted(database, migration.getVersion())
                + " newer minitowerd, or restore a backup made before the upgrade");
      }
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown");
  }
}
