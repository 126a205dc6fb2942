package dev.minitower.runner.loop;

import dev.minitower.runner.client.ControlPlane;
import dev.minitower.runner.execution.Execution;
import dev.minitower.runner.execution.Watchdog;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What all attempts of a runner share.
 *
 * @param markerOwner of the workloads, see {@link dev.minitower.runner.execution.Marker}
 * @param spoolBytes the most that waits for the server of one attempt's output
 * @param nanoTime the clock of leases, see {@link LeaseClock}
 * @param clock the wall clock, for people
 */
public record AttemptContext(
    ControlPlane controlPlane,
    Execution execution,
    Watchdog watchdog,
    AttemptStore store,
    RunnerFolders folders,
    String markerOwner,
    Timers timers,
    LeasePolicy policy,
    long spoolBytes,
    LongSupplier nanoTime,
    InstantSource clock) {}
