/**
 * What makes a rate count: that every acknowledged run ended exactly once, that none was leased
 * twice, and that its log is whole. Sees only what clients see.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.bench.check;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
