package dev.minitower.runner.loop;

import dev.minitower.runner.cache.Cache;
import dev.minitower.runner.execution.Workspace;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where the runner keeps what, under its data folder.
 *
 * @param leases lease tokens and unsent results; survive a restart
 * @param work workspaces of running attempts; cleared at start
 * @param spool output on its way to the server; cleared at start
 * @param cache what a later run may use again; survives a restart
 */
public record RunnerFolders(Path leases, Path work, Path spool, Cache cache) {

  /** Makes the folders and removes what a crash has left in those that don't survive a restart. */
  public static RunnerFolders prepare(Path base, Cache cache) throws IOException {
    var folders =
        new RunnerFolders(
            base.resolve("leases"), base.resolve("work"), base.resolve("spool"), cache);
    Workspace.delete(folders.work());
    Workspace.delete(folders.spool());
    PrivateFiles.createFolder(folders.leases());
    PrivateFiles.createFolder(folders.work());
    PrivateFiles.createFolder(folders.spool());
    return folders;
  }
}
