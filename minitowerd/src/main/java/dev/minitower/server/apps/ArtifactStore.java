package dev.minitower.server.apps;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.springframework.core.io.Resource;

/** Keeps artifacts under the SHA-256 of their bytes. */
public interface ArtifactStore {
  /**
   * What names the stored bytes.
   *
   * @param sha256 64 lower-case hexadecimal digits
   * @param size bytes
   */
  record StoredArtifact(String sha256, long size) {}

  /**
   * Keeps the bytes; on return they survive a crash. What was stored before is as if stored now.
   *
   * @throws dev.minitower.server.platform.web.ApiException 503 if they can't be stored
   */
  StoredArtifact store(InputStream bytes);

  /**
   * The bytes of an artifact that a version names.
   *
   * @throws IllegalStateException if they are not there
   */
  Resource read(String sha256);

  /** Artifacts that were last stored before {@code cutoff}. */
  List<String> storedBefore(Instant cutoff);

  /** Deletes an artifact; false if it was stored again since {@code cutoff}, or is gone. */
  boolean deleteIfStoredBefore(String sha256, Instant cutoff);

  /** Deletes what uploads that never ended left behind before {@code cutoff}; returns how many. */
  int deleteLeftovers(Instant cutoff);
}
