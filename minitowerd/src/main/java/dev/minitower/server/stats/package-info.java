/**
 * Figures over runs for the console's charts: how runs ended hour by hour, what waits where, what
 * an app's last runs say of it. Only reads; what makes that quick is kept by the schema's triggers.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.server.stats;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
