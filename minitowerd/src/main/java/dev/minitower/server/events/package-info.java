/** The change feed: who is told, after commit, that a run, a log or a runner changed. */
@NullMarked
@CheckReturnValue
package dev.minitower.server.events;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
