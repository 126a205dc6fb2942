/**
 * The profiles on disk and the rule which server and token a call uses: flags beat the environment,
 * which beats the active profile. A token is never sent to another server than the one it was got
 * from.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.cli.config;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
