/** What every subject stands on: settings, database, HTTP, access, metrics, timers. */
@NullMarked
@CheckReturnValue
package dev.minitower.server.platform;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
