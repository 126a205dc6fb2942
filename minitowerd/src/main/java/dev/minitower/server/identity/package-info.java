/** Teams, their tokens and passwords: sign-up, log-in, bootstrap. */
@NullMarked
@CheckReturnValue
package dev.minitower.server.identity;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
