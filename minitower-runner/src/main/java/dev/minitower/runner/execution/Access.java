package dev.minitower.runner.execution;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a program needs when it is shut in: all other folders of the runner are closed to it.
 *
 * @param writable folders that exist
 * @param readable folders that exist, only to be read
 * @param network whether it needs the network also where programs get none
 */
record Access(List<Path> writable, List<Path> readable, boolean network) {

  static Access to(Workspace workspace) {
    return new Access(List.of(workspace.project(), workspace.scratch()), List.of(), false);
  }

  Access reading(List<Path> folders) {
    return new Access(writable, folders, network);
  }

  Access writingWithNetwork(List<Path> folders) {
    var all = new ArrayList<>(writable);
    all.addAll(folders);
    return new Access(all, readable, true);
  }
}
