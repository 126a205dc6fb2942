package dev.minitower.server.runs;

import dev.minitower.model.lifecycle.RunStatus;
import dev.minitower.server.runs.RunQueries.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.MappedQuerySpec;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/**
 * Finds ids of runs by a text, newest first, each statement looking at a bounded number of rows.
 */
@Repository
class RunSearchQueries {
  /** How many runs one statement looks at: as many as a few milliseconds allow. */
  private static final int LOOK_AT = 5_000;

  /** Above every id, and small enough to be doubled. */
  private static final long NO_ID = 1L << 60;

  private static final int MAX_APPS = 10_000;

  private final JdbcClient jdbc;

  RunSearchQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What a search found so far.
   *
   * @param ids newest first
   * @param completeTo of the runs from this id on none is missing; 1 if none is missing at all
   */
  record Hits(List<Long> ids, long completeTo) {
    static final long ALL = 1;
  }

  /** All runs of this number, and the run of this id. */
  Hits numbered(Filter filter, long number) {
    String more = " AND r.id < :before AND " + fits(filter);
    List<Long> ids =
        bound(
                jdbc.sql(
                    """
                    SELECT r.id FROM apps a
                     CROSS JOIN runs r ON r.app_id = a.id AND r.run_no = :number
                     WHERE a.team_id = :team
                    """
                        + more
                        + " UNION SELECT r.id FROM runs r WHERE r.id = :number"
                        + more
                        + " ORDER BY 1 DESC"),
                filter)
            .param("number", number)
            .query((row, i) -> row.getLong(1))
            .list();
    return new Hits(ids, Hits.ALL);
  }

  /** The team's apps whose slug holds the text. */
  List<Long> appsNamed(Filter filter, String text) {
    return jdbc.sql(
            """
            SELECT id FROM apps
             WHERE team_id = :team AND instr(slug, lower(:text)) > 0
               AND (:app IS NULL OR id = :app)
             LIMIT :max
            """)
        .param("team", filter.teamId())
        .param("app", filter.appId())
        .param("text", text)
        .param("max", MAX_APPS)
        .query((row, i) -> row.getLong(1))
        .list();
  }

  /** The newest runs of these apps: one walk along an index for each app and status, merged. */
  Hits ofApps(Filter filter, List<Long> apps, int wanted) {
    List<String> statuses =
        filter.statuses().isEmpty()
            ? List.of("")
            : filter.statuses().stream().map(s -> " AND status = '" + s.code() + "'").toList();
    String walks =
        apps.stream()
            .flatMap(app -> statuses.stream().map(status -> walk(app, status)))
            .collect(Collectors.joining(" UNION ALL "));
    List<Long> ids =
        jdbc.sql("SELECT id FROM (" + walks + ") ORDER BY id DESC LIMIT :wanted")
            .param("before", filter.beforeId())
            .param("wanted", wanted)
            .query((row, i) -> row.getLong(1))
            .list();
    return new Hits(ids, ids.size() < wanted ? Hits.ALL : ids.get(wanted - 1));
  }

  private static String walk(long app, String status) {
    return "SELECT id FROM (SELECT id FROM runs WHERE app_id = "
        + app
        + status
        + " AND id < :before ORDER BY id DESC LIMIT :wanted)";
  }

  /** The same where the apps are too many to walk along each: along all of the team's runs. */
  Hits ofManyApps(Filter filter, String text, int wanted) {
    StatementSpec statement =
        bound(
                jdbc.sql(
                    """
                    SELECT r.id, r.app_id IN (SELECT id FROM apps WHERE team_id = :team
                                                 AND instr(slug, lower(:text)) > 0) AND
                    """
                        + fits(filter)
                        + """
                           AS fits
                            FROM runs r INDEXED BY runs_by_team
                           WHERE r.team_id = :team AND r.id < :before
                           ORDER BY r.id DESC
                           LIMIT :most
                          """),
                filter)
            .param("text", text)
            .param("most", LOOK_AT);
    return take(
        statement.query((row, i) -> new Candidate(row.getLong("id"), row.getBoolean("fits"))),
        wanted);
  }

  /** Runs that hold the text in their input or error message. */
  Hits holding(Filter filter, RunTextMatch match, int wanted) {
    StatementSpec statement =
        bound(
                jdbc.sql(
                    "SELECT r.id, CASE WHEN "
                        + fits(filter)
                        + """
                           THEN CASE t.rowid & 1
                                WHEN 0 THEN r.input
                                ELSE (SELECT error_message FROM run_attempts
                                       WHERE run_id = r.id AND attempt_no = r.attempt_count)
                                END
                           END AS text
                            FROM run_text t CROSS JOIN runs r ON r.id = t.rowid >> 1
                           WHERE t.run_text MATCH :match AND t.rowid < :before * 2
                           ORDER BY t.rowid DESC
                           LIMIT :most
                          """),
                filter)
            .param("match", match.expression())
            .param("most", LOOK_AT);
    return take(
        statement.query(
            (row, i) -> {
              String text = row.getString("text");
              return new Candidate(row.getLong("id"), text != null && match.isIn(text));
            }),
        wanted);
  }

  /** Reads row by row, and no further than to as many as are wanted. */
  private static Hits take(MappedQuerySpec<Candidate> query, int wanted) {
    List<Long> ids = new ArrayList<>();
    long last = Hits.ALL;
    int looked = 0;
    try (Stream<Candidate> candidates = query.stream()) {
      var each = candidates.iterator();
      while (ids.size() < wanted && each.hasNext()) {
        Candidate candidate = each.next();
        last = candidate.id();
        looked++;
        // A run whose input and error message both hold the text comes twice, one after the other.
        if (candidate.fits() && (ids.isEmpty() || ids.get(ids.size() - 1) != last)) {
          ids.add(last);
        }
      }
    }
    boolean stopped = ids.size() == wanted || looked == LOOK_AT;
    return new Hits(ids, stopped ? last : Hits.ALL);
  }

  private record Candidate(long id, boolean fits) {}

  private static String fits(Filter filter) {
    String codes =
        filter.statuses().stream()
            .map(RunStatus::code)
            .collect(Collectors.joining("', '", "('", "')"));
    return "r.team_id = :team AND (:app IS NULL OR r.app_id = :app)"
        + (filter.statuses().isEmpty() ? "" : " AND r.status IN " + codes);
  }

  private static StatementSpec bound(StatementSpec statement, Filter filter) {
    return statement
        .param("team", filter.teamId())
        .param("app", filter.appId())
        .param("before", Math.min(filter.beforeId(), NO_ID));
  }
}
