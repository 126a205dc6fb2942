/**
 * The artifact, a {@code .tar.gz} of a project: packing it so that the same tree gives the same tar
 * everywhere, and checking one that came from elsewhere. CLI, server and runner share these rules,
 * and each applies them itself. An archive is a stranger's bytes: it is read once, never held in
 * memory whole, and nothing in it is believed.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.model.artifact;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
