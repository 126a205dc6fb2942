/**
 * Fills an existing database of a stopped server with a history, fast and the same for the same
 * seed: teams, apps, versions, runners, runs of all statuses, their attempts and log chunks. Knows
 * the schema, so that it needs no server; a test of the server's checks all invariants on what it
 * makes.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.bench.seed;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
