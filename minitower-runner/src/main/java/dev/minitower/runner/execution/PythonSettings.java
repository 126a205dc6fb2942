package dev.minitower.runner.execution;

import dev.minitower.runner.cache.Cache;

/**
 * Which Python runs programs, and who fetches their packages.
 *
 * @param pythonBin name or path of the interpreter
 * @param uvBin name or path of uv, used if it is there; {@code none} for pip alone
 * @param cache where environments are kept for the next run that needs the same
 */
public record PythonSettings(String pythonBin, String uvBin, Cache cache) {}
