/**
 * Drives a control plane from a process of its own, over raw HTTP, and checks what it answered: a
 * rate counts only if nothing was lost and nothing happened twice. Knows the wire contract and
 * nothing of the server's classes, so that it measures any server of that protocol.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.bench;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
