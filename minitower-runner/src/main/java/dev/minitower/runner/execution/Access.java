package dev.minitower.runner.execution;

import java.nio.file.Path;
import java.util.List;

/**
 * What a sandboxed process needs of the runner's folders, which are closed to it otherwise.
 *
 * @param network whether it needs the network whatever the operator says of workloads
 */
record Access(List<Path> writable, List<Path> readable, boolean network) {}
