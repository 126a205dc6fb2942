package dev.minitower.runner.execution;

import org.jspecify.annotations.Nullable;

/**
 * The end of a process.
 *
 * @param code its exit code; 128 + n if signal n ended it
 * @param stopped why it was stopped, or null if it ended by itself
 * @param outOfMemory whether the kernel killed it for want of memory, as far as can be told
 */
record Exit(int code, @Nullable StopReason stopped, boolean outOfMemory) {}
