/**
 * The Towerfile: parsing, every error with its place, and the parameters as an input schema. A
 * Towerfile is a stranger's text: nothing in it may cost more than a second or more memory than its
 * own size suggests.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.model.towerfile;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
