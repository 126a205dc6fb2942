/** The settings of the control plane: read once, before anything else, into one typed record. */
@NullMarked
@CheckReturnValue
package dev.minitower.server.platform.settings;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
