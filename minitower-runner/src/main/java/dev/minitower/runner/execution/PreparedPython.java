package dev.minitower.runner.execution;

import dev.minitower.runner.cache.Claim;
import dev.minitower.runner.execution.Preparation.Packages;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An interpreter that finds the packages of a project, until it is closed.
 *
 * @param claim of its environment; null if it needs none
 */
record PreparedPython(Path interpreter, Packages packages, @Nullable Claim claim)
    implements AutoCloseable {

  static PreparedPython plain(Path interpreter) {
    return new PreparedPython(interpreter, Packages.NONE, null);
  }

  static PreparedPython of(Claim claim, Packages packages) {
    return new PreparedPython(claim.folder().resolve("bin/python"), packages, claim);
  }

  @Nullable Path environment() {
    return claim == null ? null : claim.folder();
  }

  @Override
  public void close() {
    if (claim != null) {
      claim.close();
    }
  }
}
