package dev.minitower.cli.command;

import dev.minitower.cli.platform.CliException;
import dev.minitower.model.artifact.ArtifactPacker;
import dev.minitower.model.artifact.PackagingException;
import dev.minitower.model.artifact.PackedArtifact;
import dev.minitower.model.towerfile.InvalidTowerfileException;
import dev.minitower.model.towerfile.ParsedTowerfile;
import dev.minitower.model.towerfile.Towerfile;
import dev.minitower.model.towerfile.TowerfileParser;
import dev.minitower.model.towerfile.TowerfileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A folder with a Towerfile that could be read. */
record Project(Path root, Towerfile towerfile, List<TowerfileProblem> warnings) {

  static Project open(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    ParsedTowerfile parsed = parse(root.resolve(Towerfile.FILE_NAME));
    return new Project(root, parsed.towerfile(), parsed.warnings());
  }

  /** Packs into a temporary file, which goes when the result is closed. */
  TemporaryArtifact pack() {
    try {
      Path file = Files.createTempFile("minitower-", ".tar.gz");
      try {
        return new TemporaryArtifact(ArtifactPacker.pack(root, towerfile, file));
      } catch (RuntimeException failed) {
        Files.delete(file);
        throw failed;
      }
    } catch (PackagingException refused) {
      throw new CliException(String.valueOf(refused.getMessage()));
    } catch (IOException failed) {
      throw new CliException("can't pack " + root + ": " + failed.getMessage());
    }
  }

  private static ParsedTowerfile parse(Path file) {
    try {
      if (Files.size(file) > Towerfile.MAX_BYTES) {
        throw new CliException(file + " is larger than " + Towerfile.MAX_BYTES + " bytes");
      }
      return TowerfileParser.parse(Files.readString(file));
    } catch (InvalidTowerfileException invalid) {
      List<String> problems = invalid.problems().stream().map(TowerfileProblem::toString).toList();
      throw new CliException(file + " has errors", 1, problems);
    } catch (NoSuchFileException missing) {
      throw new CliException(
          "there is no Towerfile in "
              + file.getParent()
              + "; name the project's folder with --dir, or make one with 'minitower-cli init'");
    } catch (CharacterCodingException notText) {
      throw new CliException(file + " isn't UTF-8 text");
    } catch (IOException failed) {
      throw new CliException("can't read " + file + ": " + failed.getMessage());
    }
  }

  /** A packed project in a file of its own. */
  record TemporaryArtifact(PackedArtifact artifact) implements AutoCloseable {
    @Override
    public void close() {
      try {
        Files.deleteIfExists(artifact.file());
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }
}
