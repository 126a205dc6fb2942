/**
 * The calls of a team and of a runner as the contract has them. An answer that the contract does
 * not have is an exception; nothing is repeated.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.bench.protocol;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
