package dev.minitower.runner.execution;

import org.jspecify.annotations.Nullable;

/**
 * The end of a process.
 *
 * @param code its exit code; 128 + n if signal n ended it
 * @param stopped why it was stopped, or null if it ended by itself
 */
record Exit(int code, @Nullable StopReason stopped) {}
