/**
 * The server under load and what belongs to it: the process, if this program started it, the team,
 * apps and runners. Leaves nothing behind.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.bench.server;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
