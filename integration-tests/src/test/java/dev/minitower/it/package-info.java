/**
 * The whole system: the built jars as processes, a person's command line, signals. What a test has
 * done to the processes is said in it; what must be left is read from the API, from {@code /proc}
 * and from the files, which are checked against the invariants after every test.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.it;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
