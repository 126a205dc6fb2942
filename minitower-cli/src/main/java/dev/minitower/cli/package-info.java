/** The program itself: its entry, and what is said when a command fails. */
@NullMarked
@CheckReturnValue
package dev.minitower.cli;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
