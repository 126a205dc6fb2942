/**
 * The states of runs and attempts, the only moves between them, and why attempts end. This package
 * is the one place that knows the transition table; SQL, services, tests and the picture in the
 * docs are derived from it or checked against it.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.model.lifecycle;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
