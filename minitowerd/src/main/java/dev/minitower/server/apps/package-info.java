/** Apps, their versions, and the artifacts behind them. */
@NullMarked
@CheckReturnValue
package dev.minitower.server.apps;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
