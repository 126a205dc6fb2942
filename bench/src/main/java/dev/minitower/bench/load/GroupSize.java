package dev.minitower.bench.load;

import dev.minitower.bench.measure.Metrics;
import dev.minitower.bench.measure.Report;
import dev.minitower.bench.server.Target;
import java.io.IOException;
import java.util.OptionalDouble;

/** How many writes shared a commit since its making, where the server's metrics tell. */
public final class GroupSize {
  private static final String COMMITS = "minitower_commits_total";
  private static final String UNITS = "minitower_units_total";

  private final Target target;
  private final Metrics before;

  public GroupSize(Target target) throws IOException {
    this.target = target;
    this.before = new Metrics(target.metrics());
  }

  public void report(Report report) throws IOException {
    var after = new Metrics(target.metrics());
    OptionalDouble commits = after.sum(COMMITS);
    OptionalDouble units = after.sum(UNITS);
    if (commits.isPresent() && units.isPresent()) {
      double made = commits.getAsDouble() - before.sum(COMMITS).orElse(0);
      double shared = units.getAsDouble() - before.sum(UNITS).orElse(0);
      report.put("commits", made);
      report.put("writes_per_commit", shared / Math.max(1, made));
    }
  }
}
