/** Micrometer under the names of the contract, and the scrape endpoint. */
@NullMarked
@CheckReturnValue
package dev.minitower.server.platform.metrics;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
