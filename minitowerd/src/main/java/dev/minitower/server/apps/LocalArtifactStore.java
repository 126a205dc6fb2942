package dev.minitower.server.apps;

import dev.minitower.server.platform.database.PrivateFiles;
import dev.minitower.server.platform.settings.Settings;
import dev.minitower.server.platform.web.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/**
 * Artifacts as files: {@code objects/ab/cd/abcd…}, written beside first, synced, then renamed, so
 * that a name is there with all of its bytes or not at all. A file's time says when it was last
 * stored.
 */
@Component
final class LocalArtifactStore implements ArtifactStore {
  private static final Logger log = LoggerFactory.getLogger(LocalArtifactStore.class);
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final String INCOMING = "incoming";

  private final Path root;
  private final Path incoming;
  private final InstantSource clock;

  /** So that no file is deleted between the look at its time and the delete. */
  private final Object renaming = new Object();

  LocalArtifactStore(Settings settings, InstantSource clock) throws IOException {
    this.root = settings.objectsDir();
    this.incoming = root.resolve(INCOMING);
    this.clock = clock;
    PrivateFiles.createFolder(incoming);
  }

  @Override
  public StoredArtifact store(InputStream bytes) {
    try {
      Path temporary = Files.createTempFile(incoming, "artifact", ".part");
      try {
        StoredArtifact stored = write(bytes, temporary);
        publish(temporary, stored.sha256());
        return stored;
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      log.error("Could not store an artifact", e);
      throw ApiException.unavailable("the server can't store the artifact right now; try again");
    }
  }

  private StoredArtifact write(InputStream bytes, Path target) throws IOException {
    DigestInputStream hashed = new DigestInputStream(bytes, sha256());
    try (FileChannel file = FileChannel.open(target, StandardOpenOption.WRITE)) {
      long size = hashed.transferTo(Channels.newOutputStream(file));
      Path unused = Files.setLastModifiedTime(target, FileTime.from(clock.instant()));
      file.force(true);
      return new StoredArtifact(HexFormat.of().formatHex(hashed.getMessageDigest().digest()), size);
    }
  }

  private void publish(Path temporary, String sha256) throws IOException {
    Path folder = folder(sha256);
    PrivateFiles.createFolder(folder);
    synchronized (renaming) {
      Path unused = Files.move(temporary, folder.resolve(sha256), StandardCopyOption.ATOMIC_MOVE);
    }
    sync(folder);
    sync(root.resolve(sha256.substring(0, 2)));
    sync(root);
  }

  /** Makes the names in a folder survive a power cut. */
  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private Path folder(String sha256) {
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("not a SHA-256: " + sha256);
    }
    return root.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2, 4));
  }

  private Path file(String sha256) {
    return folder(sha256).resolve(sha256);
  }

  @Override
  public Resource read(String sha256) {
    Path file = file(sha256);
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException("the artifact of a version is missing: " + file);
    }
    return new FileSystemResource(file);
  }

  @Override
  public List<String> storedBefore(Instant cutoff) {
    try (Stream<Path> files = Files.find(root, 3, (path, facts) -> facts.isRegularFile())) {
      return files
          .filter(file -> SHA256.matcher(file.getFileName().toString()).matches())
          .filter(file -> isOlder(file, cutoff))
          .map(file -> file.getFileName().toString())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOlder(Path file, Instant cutoff) {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(cutoff);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public boolean deleteIfStoredBefore(String sha256, Instant cutoff) {
    Path file = file(sha256);
    synchronized (renaming) {
      try {
        return isOlder(file, cutoff) && Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public int deleteLeftovers(Instant cutoff) {
    int deleted = 0;
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(incoming)) {
      for (Path part : parts) {
        if (isOlder(part, cutoff) && Files.deleteIfExists(part)) {
          deleted++;
        }
      }
      return deleted;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
