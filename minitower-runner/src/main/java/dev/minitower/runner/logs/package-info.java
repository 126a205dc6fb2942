/**
 * The way of a workload's output to the control plane: bytes become lines, lines wait in a file on
 * disk, and a sender takes them from there in order. Memory stays bounded whatever a workload
 * writes, and a slow server never holds a workload up.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.runner.logs;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
