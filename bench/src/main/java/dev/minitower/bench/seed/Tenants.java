package dev.minitower.bench.seed;

import dev.minitower.bench.seed.Artifacts.Artifact;
import dev.minitower.bench.seed.Seeded.SeededTeam;
import dev.minitower.model.identity.TokenHash;
import dev.minitower.model.identity.TokenKind;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;

/** Teams with their tokens, environments, apps and versions, and where runs are to go. */
final class Tenants {
  static final List<String> ENVIRONMENTS = List.of("default", "staging", "batch");

  /** Nothing of the history waits where new runs go, so that a load has that for itself. */
  static final List<String> OF_OPEN_RUNS = List.of("staging", "batch");

  private static final int VERSIONS = 2;

  private final List<Team> teams = new ArrayList<>();
  private final List<SeededTeam> shown = new ArrayList<>();
  private final Map<Long, Integer> lastRunNo = new HashMap<>();

  private record App(long id, long firstVersionId) {}

  private record Team(long id, List<App> apps, Map<String, Long> environments) {}

  /** All that a run's row says of where it belongs. */
  record Place(
      long teamId, long appId, long versionId, long environmentId, String environment, int runNo) {}

  static Tenants create(Connection connection, Artifacts artifacts, SeedPlan plan)
      throws SQLException, IOException {
    refuseSecondHistory(connection);
    Tenants tenants = new Tenants();
    try (TenantInserts inserts = new TenantInserts(connection, plan)) {
      for (int i = 0; i < plan.teams(); i++) {
        tenants.addTeam(inserts, artifacts, plan, i);
      }
      inserts.flush();
    }
    return tenants;
  }

  private static void refuseSecondHistory(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT EXISTS (SELECT 1 FROM teams WHERE slug = '%s')".formatted(slug(0)))) {
      if (row.next() && row.getBoolean(1)) {
        throw new IllegalStateException("the database has been filled already");
      }
    }
  }

  private static String slug(int index) {
    return "seeded-" + (index + 1);
  }

  private void addTeam(TenantInserts inserts, Artifacts artifacts, SeedPlan plan, int index)
      throws SQLException, IOException {
    String slug = slug(index);
    String token = token(slug, plan.seed());
    long id = inserts.team(slug, TokenHash.of(token));
    Map<String, Long> environments = new HashMap<>();
    Set<String> names = new LinkedHashSet<>(ENVIRONMENTS);
    names.addAll(plan.queued().keySet().stream().sorted().toList());
    for (String name : names) {
      environments.put(name, inserts.environment(id, name));
    }
    List<App> apps = new ArrayList<>();
    for (int app = 1; app <= plan.appsPerTeam(); app++) {
      apps.add(addApp(inserts, artifacts, id, "app-%03d".formatted(app)));
    }
    teams.add(new Team(id, apps, environments));
    shown.add(new SeededTeam(id, slug, token));
  }

  private static App addApp(TenantInserts inserts, Artifacts artifacts, long teamId, String slug)
      throws SQLException, IOException {
    long id = inserts.app(teamId, slug, VERSIONS);
    long firstVersion = 0;
    for (int version = 1; version <= VERSIONS; version++) {
      Artifact artifact = artifacts.pack(slug, version);
      long versionId = inserts.version(id, version, artifact);
      firstVersion = version == 1 ? versionId : firstVersion;
    }
    return new App(id, firstVersion);
  }

  /** In the form of a real one, made of the seed so that whoever seeds can use it. */
  private static String token(String slug, long seed) {
    String digits = TokenHash.of("team %s of seed %d".formatted(slug, seed)).hex();
    byte[] bits = HexFormat.of().parseHex(digits);
    return TokenKind.TEAM.prefix() + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }

  List<SeededTeam> teams() {
    return shown;
  }

  /** A next run of some app: half of them of the first team, more of its first apps. */
  Place next(SplittableRandom random, String environment) {
    int index = Math.min(Long.numberOfTrailingZeros(random.nextLong()), teams.size() - 1);
    Team team = teams.get(index);
    double skewed = random.nextDouble() * random.nextDouble();
    App app = team.apps().get((int) (skewed * team.apps().size()));
    int runNo = lastRunNo.merge(app.id(), 1, Integer::sum);
    long version = app.firstVersionId() + random.nextInt(VERSIONS);
    long environmentId = Objects.requireNonNull(team.environments().get(environment));
    return new Place(team.id(), app.id(), version, environmentId, environment, runNo);
  }

  void saveRunNumbers(Connection connection) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE apps SET last_run_no = ? WHERE id = ?")) {
      for (Map.Entry<Long, Integer> app : lastRunNo.entrySet()) {
        update.setInt(1, app.getValue());
        update.setLong(2, app.getKey());
        update.addBatch();
      }
      int[] unused = update.executeBatch();
    }
  }
}
