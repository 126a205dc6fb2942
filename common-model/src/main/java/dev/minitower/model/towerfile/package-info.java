/** The Towerfile: parsing, every error with its place, and the parameters as an input schema. */
@NullMarked
@CheckReturnValue
package dev.minitower.model.towerfile;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
