/**
 * HTTP/1.1 over plain blocking sockets: one request at a time on a connection that is kept, buffers
 * made once. Knows no JSON and nothing of MiniTower.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.bench.http;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
