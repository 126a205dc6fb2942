package dev.minitower.model.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.minitower.model.api.ErrorCode;
import dev.minitower.model.towerfile.InvalidTowerfileException;
import dev.minitower.model.towerfile.Towerfile;
import dev.minitower.model.towerfile.TowerfileParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/** Checks an archive as a whole: that it may be unpacked, and that what it holds can be run. */
public final class ArtifactInspector {
  private ArtifactInspector() {}

  /**
   * Reads the archive to its end; the stream is not closed.
   *
   * @throws InvalidArtifactException if the archive is refused
   * @throws IOException if the stream can't be read
   */
  public static InspectedArtifact inspect(InputStream gzippedTar, ArtifactLimits limits)
      throws IOException {
    var tree = new EntryTree(limits.maxEntries());
    var capture = new TowerfileCapture();
    ReadArtifact read = ArtifactReader.read(gzippedTar, limits, capture, tree);
    String toml = capture.text();
    Towerfile towerfile = parse(toml);
    if (!tree.isFile(towerfile.script())) {
      throw InvalidArtifactException.archive(
          "the script " + EntryNames.quoted(towerfile.script()) + " is not in the archive");
    }
    return new InspectedArtifact(
        towerfile, toml, read.contentSha256(), read.artifactSha256(), read.artifactBytes());
  }

  private static Towerfile parse(String toml) {
    try {
      return TowerfileParser.parse(toml).towerfile();
    } catch (InvalidTowerfileException e) {
      throw InvalidArtifactException.towerfile(String.valueOf(e.getMessage()));
    }
  }

  /** Keeps the bytes of the Towerfile at the root. */
  private static final class TowerfileCapture implements ArtifactVisitor {
    private byte @Nullable [] bytes;

    @Override
    public void file(ArtifactEntry entry, InputStream content) throws IOException {
      if (!entry.path().equals(Towerfile.FILE_NAME)) {
        return;
      }
      if (entry.size() > Towerfile.MAX_BYTES) {
        throw InvalidArtifactException.towerfile(
            "the Towerfile must be at most %d KiB".formatted(Towerfile.MAX_BYTES / 1024));
      }
      bytes = content.readNBytes(Towerfile.MAX_BYTES);
    }

    @Override
    public void link(ArtifactEntry entry) {
      if (entry.path().equals(Towerfile.FILE_NAME)) {
        throw InvalidArtifactException.towerfile("the Towerfile must be a file, not a link");
      }
    }

    String text() {
      if (bytes == null) {
        throw new InvalidArtifactException(
            ErrorCode.TOWERFILE_MISSING, "the archive has no Towerfile at its root");
      }
      try {
        return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException e) {
        throw InvalidArtifactException.towerfile("the Towerfile is not UTF-8");
      }
    }
  }
}
