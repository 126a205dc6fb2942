package dev.minitower.server.platform.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whether there is nothing to migrate, found out in a hundredth of the time that Flyway needs to
 * say so. Only a history that agrees with this program's scripts to the letter counts; whatever
 * else it may hold is Flyway's to judge.
 */
final class SchemaHistory {
  private static final Pattern SCRIPT = Pattern.compile("V([0-9]+)__\\w+\\.sql");

  private SchemaHistory() {}

  /** Whether exactly the scripts of {@code location} were applied, as they are, and succeeded. */
  static boolean agreesWith(String location, DataSource dataSource) {
    try {
      return applied(JdbcClient.create(dataSource)).equals(scripts(location));
    } catch (DataAccessException noHistory) {
      return false;
    }
  }

  private record Migration(String script, int checksum, boolean succeeded) {}

  private static Map<String, Migration> applied(JdbcClient jdbc) {
    Map<String, Migration> applied = new TreeMap<>();
    jdbc.sql("SELECT installed_rank, version, script, checksum, success FROM flyway_schema_history")
        .query(
            row -> {
              // A row of another kind has no version, and agrees with no script.
              String version = row.getString("version");
              applied.put(
                  version == null ? "rank " + row.getInt("installed_rank") : version,
                  new Migration(
                      row.getString("script"), row.getInt("checksum"), row.getBoolean("success")));
            });
    return applied;
  }

  private static Map<String, Migration> scripts(String location) {
    Map<String, Migration> scripts = new TreeMap<>();
    try {
      for (Resource script :
          new PathMatchingResourcePatternResolver(SchemaHistory.class.getClassLoader())
              .getResources("classpath:" + location + "/*")) {
        String name = Objects.requireNonNull(script.getFilename());
        Matcher matcher = SCRIPT.matcher(name);
        if (!matcher.matches()) {
          throw new IllegalStateException("not the name of a migration: " + name);
        }
        scripts.put(matcher.group(1), new Migration(name, checksum(script), true));
      }
      return scripts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As Flyway writes it: of the lines without their ends. */
  private static int checksum(Resource script) throws IOException {
    CRC32 crc = new CRC32();
    try (var reader = new BufferedReader(new InputStreamReader(script.getInputStream(), UTF_8))) {
      reader.lines().forEach(line -> crc.update(line.getBytes(UTF_8)));
    }
    return (int) crc.getValue();
  }
}
