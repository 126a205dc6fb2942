package dev.minitower.runner.loop;

import dev.minitower.runner.client.ControlPlane;
import dev.minitower.runner.execution.Execution;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What all attempts of a runner share.
 *
 * @param nanoTime the monotonic clock, for leases
 * @param clock the wall clock, for people
 */
record AttemptContext(
    ControlPlane controlPlane,
    Execution execution,
    AttemptStore store,
    RunnerFolders folders,
    String instanceId,
    Timers timers,
    LeasePolicy policy,
    LongSupplier nanoTime,
    InstantSource clock) {}
