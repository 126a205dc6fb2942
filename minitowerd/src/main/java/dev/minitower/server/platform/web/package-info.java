/** HTTP in general: request ids, body limits, JSON, the error envelope, static files. */
@NullMarked
@CheckReturnValue
package dev.minitower.server.platform.web;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
