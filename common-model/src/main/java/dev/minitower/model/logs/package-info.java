/**
 * The form in which a server keeps log lines. It stands here and not in the server because a tool
 * that fills a database must write what the server can read.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.model.logs;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
