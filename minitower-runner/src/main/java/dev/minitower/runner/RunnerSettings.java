package dev.minitower.runner;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Everything that can be set, checked.
 *
 * @param serverUrl without a slash at the end
 * @param uvBin name or path; {@code none} for pip alone
 * @param fencingMargin what the work stops before the end of a lease, beyond the kill grace. For
 *     tests with short leases; operators have no reason to change it
 */
record RunnerSettings(
    URI serverUrl,
    String name,
    String registrationToken,
    String environment,
    int concurrency,
    String pythonBin,
    String uvBin,
    long cacheMaxBytes,
    Duration pollInterval,
    Duration killGrace,
    Duration fencingMargin,
    Path dataDir) {

  /** Without the token, which must not reach a log. */
  @Override
  public String toString() {
    return "server=%s name=%s environment=%s concurrency=%d python=%s data_dir=%s"
        .formatted(serverUrl, name, environment, concurrency, pythonBin, dataDir);
  }
}
