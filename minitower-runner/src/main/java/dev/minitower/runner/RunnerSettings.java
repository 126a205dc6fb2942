package dev.minitower.runner;

import dev.minitower.runner.execution.Isolation;
import dev.minitower.runner.execution.Limits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set, checked.
 *
 * @param serverUrl without a slash at the end
 * @param uvBin name or path; {@code none} for pip alone
 * @param tokenFile where the registration token was read from, if it was; hidden from workloads
 *     where the isolation allows
 */
record RunnerSettings(
    URI serverUrl,
    String name,
    String registrationToken,
    @Nullable Path tokenFile,
    String environment,
    int concurrency,
    String pythonBin,
    String uvBin,
    Path dataDir,
    Times times,
    Storage storage,
    Isolation isolation,
    boolean workloadNetwork,
    Limits limits) {

  /**
   * How long things may take.
   *
   * @param fencingMargin what the work stops before the end of a lease, beyond the kill grace. For
   *     tests with short leases; operators have no reason to change it
   */
  record Times(
      Duration pollInterval, Duration killGrace, Duration fencingMargin, Duration drainTimeout) {}

  /**
   * How much of the disk is whose.
   *
   * @param spoolBytes the most that waits for the server of one attempt's output
   * @param cacheBytes the most that environments, packages and artifacts take together
   * @param minFreeBytes below this no run is taken
   */
  record Storage(long spoolBytes, long cacheBytes, long minFreeBytes) {}

  /** Without the token, which must not reach a log. */
  @Override
  public String toString() {
    return "server=%s name=%s environment=%s concurrency=%d python=%s data_dir=%s"
        .formatted(serverUrl, name, environment, concurrency, pythonBin, dataDir);
  }
}
