package dev.minitower.runner.loop;

import dev.minitower.runner.cache.Cache;
import dev.minitower.runner.execution.Workspace;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the runner keeps what, under its data folder.
 *
 * @param leases lease tokens and unsent results; survive a restart
 * @param work workspaces of running attempts; cleared at start
 * @param spool output on its way to the server, a folder per attempt; survives a restart
 * @param cache what a later run may use again; survives a restart
 */
public record RunnerFolders(Path leases, Path work, Path spool, Cache cache) {
  private static final System.Logger LOG = System.getLogger(RunnerFolders.class.getName());

  /** Makes the folders and removes what a crash has left in them and nothing will use. */
  public static RunnerFolders prepare(Path base, Cache cache) throws IOException {
    var folders =
        new RunnerFolders(
            base.resolve("leases"), base.resolve("work"), base.resolve("spool"), cache);
    Workspace.delete(folders.work());
    PrivateFiles.createFolder(folders.leases());
    PrivateFiles.createFolder(folders.work());
    PrivateFiles.createFolder(folders.spool());
    folders.removeForgottenSpools();
    return folders;
  }

  /** The output of an attempt. */
  Path spoolOf(long attemptId) {
    return spool.resolve(Long.toString(attemptId));
  }

  /** Removes the output of an attempt that is concluded, or over. */
  void removeSpool(@Nullable Long attemptId) {
    try {
      if (attemptId != null) {
        Workspace.delete(spoolOf(attemptId));
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a spool is left behind until the next start: " + e);
    }
  }

  private void removeForgottenSpools() throws IOException {
    Set<Path> known =
        new AttemptStore(leases)
            .readAll().stream()
                .map(AttemptRecord::attemptId)
                .filter(Objects::nonNull)
                .map(this::spoolOf)
                .collect(Collectors.toSet());
    try (DirectoryStream<Path> found = Files.newDirectoryStream(spool)) {
      for (Path folder : found) {
        if (!known.contains(folder)) {
          Workspace.delete(folder);
        }
      }
    }
  }
}
