/**
 * What can be measured, one class per mode: options, the load, the figures. A new mode is a class
 * that extends {@link dev.minitower.bench.mode.Mode} and a line in {@code BenchMain}.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.bench.mode;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
