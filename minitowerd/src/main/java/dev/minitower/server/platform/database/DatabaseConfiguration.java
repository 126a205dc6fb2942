package dev.minitower.server.platform.database;

import dev.minitower.server.platform.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires database, clock and transactions. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

  @Bean
  SqliteDatabase sqliteDatabase(Settings settings) {
    return SqliteDatabase.open(settings);
  }

  /** Closed through {@link Transactions}, while the database is still open. */
  @Bean(destroyMethod = "")
  GroupCommitWriter groupCommitWriter(MeterRegistry registry) {
    return new GroupCommitWriter(registry);
  }

  @Bean
  DataSource dataSource(SqliteDatabase database, GroupCommitWriter writer) {
    return new RoutingDataSource(database.writer(), database.readers(), writer::isWriterThread);
  }

  @Bean
  JdbcClient jdbcClient(DataSource dataSource) {
    JdbcTemplate template = new JdbcTemplate(dataSource);
    template.setExceptionTranslator(new SqliteErrors());
    return JdbcClient.create(template);
  }

  @Bean
  @ConditionalOnMissingBean
  InstantSource clock(JdbcClient jdbc) {
    return new MonotonicClock(wallTime(), newestTime(jdbc), System::nanoTime);
  }

  /** The one place that asks for the wall clock. */
  private static Instant wallTime() {
    return InstantSource.system().instant();
  }

  private static Instant newestTime(JdbcClient jdbc) {
    return Instant.ofEpochMilli(
        jdbc.sql("SELECT newest_at FROM server_clock WHERE id = 1").query(Long.class).single());
  }

  @Bean
  Transactions transactions(
      SqliteDatabase database,
      GroupCommitWriter writer,
      DataSource dataSource,
      JdbcClient jdbc,
      InstantSource clock) {
    writer.start(dataSource, () -> recordTime(jdbc, clock), database::dropWriterConnection);
    return new Transactions(
        writer, new TransactionTemplate(new DataSourceTransactionManager(dataSource)));
  }

  /** Remembers when the newest commit was: the clock of a restarted server never starts before. */
  private static void recordTime(JdbcClient jdbc, InstantSource clock) {
    int rows =
        jdbc.sql("UPDATE server_clock SET newest_at = max(newest_at, :now) WHERE id = 1")
            .param("now", clock.instant().toEpochMilli())
            .update();
    if (rows != 1) {
      throw new IllegalStateException("server_clock has no row");
    }
  }
}
