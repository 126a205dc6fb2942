package dev.minitower.model.artifact;

/**
 * How much an archive may be.
 *
 * @param maxEntries files, links and folders, also those that are only named on the way to others
 * @param maxUnpackedBytes of the tar inside
 * @param maxRatio how many times its packed size it may unpack to
 */
public record ArtifactLimits(int maxEntries, long maxUnpackedBytes, int maxRatio) {
  /** 100,000 entries, 2 GiB, 200 times. */
  public static final ArtifactLimits DEFAULT =
      new ArtifactLimits(100_000, 2L * 1024 * 1024 * 1024, 200);

  public ArtifactLimits {
    if (maxEntries < 1 || maxUnpackedBytes < 1 || maxRatio < 1) {
      throw new IllegalArgumentException("limits must be at least 1");
    }
  }
}
