/**
 * The database: set-up, migrations, the one writer with grouped commits, the read pool, the clock.
 * Nothing here knows what a run is.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.server.platform.database;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
