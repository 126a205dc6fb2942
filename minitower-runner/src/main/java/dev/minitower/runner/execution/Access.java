package dev.minitower.runner.execution;

import java.nio.file.Path;
import java.util.List;

/**
 * What a program needs beyond its workspace when it is shut in.
 *
 * @param writable folders that exist
 * @param readable folders that exist, only to be read
 * @param network true if it can't do its work without, also where programs get none
 */
record Access(List<Path> writable, List<Path> readable, boolean network) {
  static final Access WORKSPACE = new Access(List.of(), List.of(), false);
}
