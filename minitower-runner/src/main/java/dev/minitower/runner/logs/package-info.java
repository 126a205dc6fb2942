/**
 * The way of a workload's output to the control plane. {@link LogSpool} takes bytes as they were
 * written and keeps them in files; {@link LogSender} makes lines of them, numbers these and
 * delivers them in order, and notes on disk how far it came, so that the next start of the runner
 * goes on there. Memory and disk stay bounded whatever a workload writes, and a slow server never
 * holds a workload up.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.runner.logs;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
