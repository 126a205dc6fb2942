/**
 * The load itself: creators and runners on a connection and a thread each, which go through whole
 * cycles and tell everything that happens to the ledger. The modes say how much and how long.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.bench.load;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
