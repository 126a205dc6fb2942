/**
 * Following a run to its end: over the event stream, over plain calls when there is none, and from
 * one to the other without losing or repeating a line.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.cli.follow;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
