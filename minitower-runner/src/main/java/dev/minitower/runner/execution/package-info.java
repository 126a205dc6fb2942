/**
 * Executes one project in a workspace and says how it ended: the environment that a workload sees,
 * its Python packages, its process tree and the end of all of it. Needs no control plane, so that a
 * program can also be run locally.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.runner.execution;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
