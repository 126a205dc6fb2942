/**
 * Runs and their attempts: everything that may change the status of either. A run is what a team
 * asked for; an attempt is one runner's try at it under a lease.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.server.runs;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
