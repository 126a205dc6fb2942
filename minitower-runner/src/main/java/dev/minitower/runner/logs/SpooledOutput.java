package dev.minitower.runner.logs;

import dev.minitower.model.api.LogStream;

/** What a workload wrote at once. */
@SuppressWarnings("ArrayRecordComponent") // Never compared; only carries bytes to the splitter.
record SpooledOutput(LogStream stream, long atMillis, byte[] bytes) {}
