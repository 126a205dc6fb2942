/**
 * Runs on this machine without a server: the folders for them, and the runner's own {@code
 * execution} package put to work. Nothing else in this program touches the runner's classes, so
 * that other commands don't load them.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.cli.local;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
