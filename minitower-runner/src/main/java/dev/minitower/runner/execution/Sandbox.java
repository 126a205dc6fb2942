package dev.minitower.runner.execution;

import java.nio.file.Path;
import java.util.List;

/**
 * What the isolation {@link Isolation#NAMESPACE} takes away beyond the usual.
 *
 * @param hidden files and folders of the runner that no workload may see
 * @param network false cuts workloads off; installers of packages keep theirs
 */
public record Sandbox(List<Path> hidden, boolean network) {}
