/**
 * Who may call what: one table of routes, one filter that goes by it. Everything that is not in the
 * table is denied.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.server.platform.auth;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
