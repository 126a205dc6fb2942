package dev.minitower.server.runs;

import dev.minitower.model.identity.TokenHash;

/** Who says it holds a run: the only key under which a runner reaches an attempt. */
record LeaseHolder(long runId, long runnerId, TokenHash leaseToken) {}
