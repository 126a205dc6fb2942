/** Time, CPU and memory: of calls, of the server's process and of this one. Decides nothing. */
@NullMarked
@CheckReturnValue
package dev.minitower.bench.measure;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
