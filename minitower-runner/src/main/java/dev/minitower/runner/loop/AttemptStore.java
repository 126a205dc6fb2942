package dev.minitower.runner.loop;

import dev.minitower.model.identity.TokenHash;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The {@link AttemptRecord}s on disk, a file each, named by the hash of its token. */
public final class AttemptStore {
  private static final System.Logger LOG = System.getLogger(AttemptStore.class.getName());
  private static final String SUFFIX = ".json";

  private final Path folder;
  private final JsonMapper json = new JsonMapper();

  public AttemptStore(Path folder) {
    this.folder = folder;
  }

  /** Returns when the record would survive a loss of power. */
  void save(AttemptRecord attempt) throws IOException {
    PrivateFiles.replace(fileOf(attempt.leaseToken()), json.writeValueAsBytes(attempt));
  }

  void remove(String leaseToken) {
    try {
      Files.deleteIfExists(fileOf(leaseToken));
    } catch (IOException e) {
      // Harmless: at the next start the server answers that this lease is over.
      LOG.log(Level.WARNING, "a finished lease stays on disk: " + e);
    }
  }

  /**
   * What an earlier life of the runner left. A file that can't be read is set aside, not lost; one
   * that was being written is removed, because the one that it was to replace counts.
   */
  List<AttemptRecord> readAll() throws IOException {
    PrivateFiles.removeUnfinished(folder);
    var attempts = new ArrayList<AttemptRecord>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        try {
          attempts.add(json.readValue(Files.readAllBytes(file), AttemptRecord.class));
        } catch (JacksonException e) {
          LOG.log(Level.ERROR, "not readable, set aside: {0}", file);
          Files.move(file, file.resolveSibling(file.getFileName() + ".damaged"));
        }
      }
    }
    return attempts;
  }

  private Path fileOf(String leaseToken) {
    return folder.resolve(TokenHash.of(leaseToken).hex().substring(0, 32) + SUFFIX);
  }
}
