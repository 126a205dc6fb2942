/**
 * One class per command: reads its arguments, makes its calls, prints the answer. Commands share
 * {@link dev.minitower.cli.command.CommandContext} and nothing else.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.cli.command;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
