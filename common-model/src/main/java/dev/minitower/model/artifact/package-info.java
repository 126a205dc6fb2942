/**
 * The artifact, a {@code .tar.gz} of a project: packing it so that the same tree gives the same tar
 * everywhere, and checking one that came from elsewhere. CLI, server and runner share these rules,
 * and each applies them itself.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.model.artifact;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
