package dev.minitower.runner.client;

/** What a call under a lease is made with. */
public record LeaseKey(long runId, String leaseToken) {

  /** Without the token, which must not reach a log. */
  @Override
  public String toString() {
    return "run=" + runId;
  }
}
