/**
 * What the programs say to each other: one record for each body of the contract, the error envelope
 * and its codes. Field names on the wire are those of {@code @JsonProperty}; a value that is not
 * there is left out.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.model.api;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
