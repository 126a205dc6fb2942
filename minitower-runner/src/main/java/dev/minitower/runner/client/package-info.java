/**
 * How the runner speaks with the control plane: {@link ControlPlane} makes one call and says what
 * came of it, {@link RetryingControlPlane} knows which calls are made again and which answers end
 * an attempt. Nothing here knows what a run does.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.runner.client;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
