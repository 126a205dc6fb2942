package dev.minitower.bench.seed;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much history, and of what kind. The same plan gives the same rows.
 *
 * @param runs that were tried, are held or wait; a hundredth of them is open
 * @param attempts of all those runs together, at least one for each
 * @param queued further runs that wait, by the name of an environment that holds no others
 * @param until the newest time in the history; it goes back from there by {@code span}
 */
public record SeedPlan(
    long seed,
    int runs,
    int attempts,
    Map<String, Integer> queued,
    int teams,
    int appsPerTeam,
    Instant until,
    Duration span) {
  private static final Duration MONTH = Duration.ofDays(30);

  public SeedPlan {
    queued = Map.copyOf(queued);
    if (runs < 0 || teams < 1 || appsPerTeam < 1 || span.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException("a history needs a team, an app and a day at least");
    }
    if (attempts < runs || attempts > 100L * runs) {
      throw new IllegalArgumentException("attempts must be 1 to 100 times the runs");
    }
    if (queued.values().stream().anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException("queued runs can't be less than none");
    }
  }

  /** That many runs of four teams with 25 apps each in a month, five attempts for each. */
  public static SeedPlan of(int runs, Instant until) {
    return new SeedPlan(1, runs, 5 * runs, Map.of(), 4, 25, until, MONTH);
  }

  public SeedPlan withSeed(long other) {
    return new SeedPlan(other, runs, attempts, queued, teams, appsPerTeam, until, span);
  }

  public SeedPlan withAttempts(int other) {
    return new SeedPlan(seed, runs, other, queued, teams, appsPerTeam, until, span);
  }

  public SeedPlan withTeams(int otherTeams, int otherApps) {
    return new SeedPlan(seed, runs, attempts, queued, otherTeams, otherApps, until, span);
  }

  /** With {@code count} more runs waiting in an environment of their own. */
  public SeedPlan withQueued(String environment, int count) {
    Map<String, Integer> all = new TreeMap<>(queued);
    var unused = all.put(environment, count);
    return new SeedPlan(seed, runs, attempts, all, teams, appsPerTeam, until, span);
  }
}
