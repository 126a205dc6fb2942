/**
 * The program: reads its settings, wires the parts together, starts and stops them. It decides
 * nothing about a run.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.runner;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
