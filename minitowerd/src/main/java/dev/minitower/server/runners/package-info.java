/** Runners: registration, liveness, the admin list. */
@NullMarked
@CheckReturnValue
package dev.minitower.server.runners;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
