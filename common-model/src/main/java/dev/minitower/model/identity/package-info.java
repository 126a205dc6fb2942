/** Names and secrets: the form of slugs, passwords and tokens, and how a token is hashed. */
@NullMarked
@CheckReturnValue
package dev.minitower.model.identity;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
