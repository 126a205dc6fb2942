package dev.minitower.bench.protocol;

/** A run that was leased. */
public record Lease(long runId, int attemptNo, String token) {
  String header() {
    return "X-Lease-Token: " + token + "\r\n";
  }
}
