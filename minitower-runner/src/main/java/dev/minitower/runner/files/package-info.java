/** Folders as a whole: their size, their removal, their permissions, their way to the disk. */
@NullMarked
@CheckReturnValue
package dev.minitower.runner.files;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
