/**
 * The wire: plain calls, uploads and event streams over {@link java.net.HttpURLConnection} (the
 * JDK's newer client costs half a second to load). Every failure leaves as a sentence with a cause
 * and a remedy; nothing here knows a command.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.cli.http;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
