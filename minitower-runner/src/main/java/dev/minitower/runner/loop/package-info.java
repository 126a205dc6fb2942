/**
 * From the lease to the end of an attempt: asks for work while a slot is free, keeps the lease
 * alive, stops the workload before the lease may be somebody else's, and delivers the outcome, also
 * over a restart of the runner.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.runner.loop;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
