/**
 * What people see: tables, relative times, sizes, colours, progress. All text that came from a
 * server passes through {@link dev.minitower.cli.output.Output}, which escapes what could drive a
 * terminal.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.cli.output;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
