/**
 * What the program needs of the machine it runs on (streams, environment, clock, signals) and how
 * it ends: exit codes and the one exception that carries them. Everything here can be replaced by a
 * test, so that no other package asks the JVM.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.cli.platform;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
