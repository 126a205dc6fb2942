package dev.minitower.cli.command;

import dev.minitower.cli.output.Output;
import dev.minitower.cli.output.WaitingLine;
import dev.minitower.cli.platform.CliException;
import dev.minitower.cli.platform.ExitCodes;
import dev.minitower.model.artifact.ArtifactPacker;
import dev.minitower.model.artifact.PackagingException;
import dev.minitower.model.artifact.PackedArtifact;
import dev.minitower.model.artifact.PackedFile;
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
    try {
      return read(folder);
    } catch (InvalidTowerfileException invalid) {
      List<String> problems = invalid.problems().stream().map(TowerfileProblem::toString).toList();
      throw new CliException(
          folder.resolve(Towerfile.FILE_NAME) + " has errors", ExitCodes.FAILURE, problems);
    }
  }

  /**
   * The project, or every problem of its Towerfile.
   *
   * @throws InvalidTowerfileException when it could be read and isn't good
   */
  static Project read(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    ParsedTowerfile parsed = parse(root.resolve(Towerfile.FILE_NAME));
    return new Project(root, parsed.towerfile(), parsed.warnings());
  }

  /** What would be packed, sorted by name. */
  List<PackedFile> files() {
    try {
      return ArtifactPacker.list(root, towerfile);
    } catch (PackagingException refused) {
      throw new CliException(String.valueOf(refused.getMessage()));
    }
  }

  /**
   * Packs into a temporary file, which goes when the result is closed; says so if it takes long.
   */
  TemporaryArtifact pack(Output err) {
    WaitingLine line = WaitingLine.open(err, () -> "packing " + root);
    try {
      return pack();
    } finally {
      line.close();
    }
  }

  private TemporaryArtifact pack() {
    try {
      Path file = Files.createTempFile("minitower-", ".tar.gz");
      try {
        return new TemporaryArtifact(pack(file));
      } catch (RuntimeException failed) {
        Files.delete(file);
        throw failed;
      }
    } catch (IOException failed) {
      throw new CliException("can't pack " + root + ": " + failed.getMessage());
    }
  }

  /** Packs into a file, which appears only when all is written. */
  PackedArtifact pack(Path file) {
    try {
      return ArtifactPacker.pack(root, towerfile, file);
    } catch (PackagingException refused) {
      throw new CliException(String.valueOf(refused.getMessage()));
    }
  }

  private static ParsedTowerfile parse(Path file) {
    try {
      if (Files.size(file) > Towerfile.MAX_BYTES) {
        throw new CliException(file + " is larger than " + Towerfile.MAX_BYTES + " bytes");
      }
      return TowerfileParser.parse(Files.readString(file));
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
