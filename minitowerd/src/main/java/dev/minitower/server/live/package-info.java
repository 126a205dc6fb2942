/**
 * Event streams over HTTP: what the change feed says, told to browsers and command lines as it
 * happens.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.server.live;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
