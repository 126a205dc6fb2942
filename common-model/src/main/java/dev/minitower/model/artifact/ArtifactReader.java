package dev.minitower.model.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stranger's archive once, from its first byte to its last, and refuses whatever could
 * reach out of the folder that it is unpacked to, or cost more than it should.
 *
 * <p>A hard link to a file that came before it in the archive is handed on as the symbolic link to
 * the same file; any other is refused. Bytes of a name that are no UTF-8 are read as {@code ?}.
 */
public final class ArtifactReader {
  private static final int RECORD = TarConstants.DEFAULT_RCDSIZE;

  /** Of one entry with its extended headers; long paths take a hundredth of it. */
  private static final long MAX_HEADER_BYTES = 256 * 1024;

  private final UnpackedInput unpacked;
  private final TarArchiveInputStream tar;
  private final ArtifactVisitor visitor;
  private final EntryTree tree;

  private ArtifactReader(UnpackedInput unpacked, ArtifactVisitor visitor, EntryTree tree) {
    this.unpacked = unpacked;
    this.tar = new TarArchiveInputStream(unpacked, RECORD, RECORD, "UTF-8");
    this.visitor = visitor;
    this.tree = tree;
  }

  /**
   * Reads the archive to its end; the stream is not closed.
   *
   * @throws InvalidArtifactException if the archive is refused
   * @throws IOException if the stream can't be read, or the visitor threw it
   */
  public static ReadArtifact read(
      InputStream gzippedTar, ArtifactLimits limits, ArtifactVisitor visitor) throws IOException {
    return read(gzippedTar, limits, visitor, new EntryTree(limits.maxEntries()));
  }

  /** The same; the names that were met are in the tree afterwards. */
  static ReadArtifact read(
      InputStream gzippedTar, ArtifactLimits limits, ArtifactVisitor visitor, EntryTree tree)
      throws IOException {
    var packed = new PackedInput(gzippedTar);
    try (var unpacked = new UnpackedInput(packed, limits)) {
      new ArtifactReader(unpacked, visitor, tree).readAll();
      unpacked.checkRatio();
      return new ReadArtifact(unpacked.sha256(), unpacked.count(), packed.sha256(), packed.count());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void readAll() throws IOException {
    long end = 0;
    TarArchiveEntry entry = next();
    while (entry != null) {
      visit(entry);
      drain(new EntryContent());
      end = (unpacked.count() + RECORD - 1) / RECORD * RECORD;
      entry = next();
    }
    drain(unpacked);
    checkEnd(unpacked.count() - end);
  }

  /** The entries are followed by at least one record of zeros, and by nothing but zeros. */
  private void checkEnd(long rest) {
    if (rest < RECORD) {
      throw InvalidArtifactException.archive("the archive is not a tar, or is cut off");
    }
    if (unpacked.trailingZeros() < rest) {
      throw InvalidArtifactException.archive("something follows the end of the archive's tar");
    }
  }

  private @Nullable TarArchiveEntry next() {
    unpacked.allow(MAX_HEADER_BYTES);
    TarArchiveEntry entry = understood(tar::getNextEntry);
    unpacked.allowAll();
    return entry;
  }

  private void visit(TarArchiveEntry entry) throws IOException {
    if (!entry.isCheckSumOK() || entry.getSize() < 0) {
      throw InvalidArtifactException.archive("the archive is not a tar, or a damaged one");
    }
    if (entry.isSparse()) {
      throw refusal(entry, "is a sparse file");
    }
    String path = checked(entry, () -> EntryNames.path(entry.getName()));
    switch (entry.getLinkFlag()) {
      case TarConstants.LF_DIR -> directory(path);
      case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG -> {
        if (entry.getName().endsWith("/")) {
          directory(path);
        } else {
          file(entry, notRoot(entry, path));
        }
      }
      case TarConstants.LF_SYMLINK -> link(entry, notRoot(entry, path), entry.getLinkName());
      case TarConstants.LF_LINK -> hardLink(entry, notRoot(entry, path));
      default -> throw refusal(entry, "is neither a file nor a folder nor a link");
    }
  }

  private void directory(String path) throws IOException {
    if (!path.isEmpty()) {
      tree.addFolder(path);
      visitor.directory(new ArtifactEntry(path, 0, false, null));
    }
  }

  private void file(TarArchiveEntry entry, String path) throws IOException {
    tree.addFile(path);
    boolean executable = (entry.getMode() & 0100) != 0;
    visitor.file(new ArtifactEntry(path, entry.getSize(), executable, null), new EntryContent());
  }

  private void link(TarArchiveEntry entry, String path, String target) throws IOException {
    String checked =
        checked(
            entry,
            () -> {
              EntryNames.checkLink(path, target);
              return target;
            });
    tree.addLink(path, checked);
    visitor.link(new ArtifactEntry(path, 0, false, checked));
  }

  private void hardLink(TarArchiveEntry entry, String path) throws IOException {
    String target = checked(entry, () -> EntryNames.path(entry.getLinkName()));
    if (!tree.isPlainFile(target)) {
      throw refusal(entry, "is a hard link to something that is no file before it in the archive");
    }
    long depth = path.chars().filter(c -> c == '/').count();
    link(entry, path, "../".repeat((int) depth) + target);
  }

  private static String notRoot(TarArchiveEntry entry, String path) {
    if (path.isEmpty()) {
      throw refusal(entry, "is the root, which must be a folder");
    }
    return path;
  }

  private static String checked(TarArchiveEntry entry, Supplier<String> check) {
    try {
      return check.get();
    } catch (IllegalArgumentException e) {
      throw refusal(entry, String.valueOf(e.getMessage()));
    }
  }

  private static InvalidArtifactException refusal(TarArchiveEntry entry, String message) {
    return InvalidArtifactException.archive(
        "the archive's entry " + EntryNames.quoted(entry.getName()) + " " + message);
  }

  private static void drain(InputStream input) throws IOException {
    long unused = input.transferTo(OutputStream.nullOutputStream());
  }

  private interface TarCall<T extends @Nullable Object> {
    T run() throws IOException;
  }

  /** Whatever the tar's reader stumbles over, in whatever way, is the archive's fault. */
  private static <T extends @Nullable Object> T understood(TarCall<T> call) {
    try {
      return call.run();
    } catch (InvalidArtifactException | UncheckedIOException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw InvalidArtifactException.archive("the archive is not a tar, or a damaged one");
    }
  }

  /** The content of the entry that is being visited; closing it means nothing. */
  private final class EntryContent extends InputStream {
    @Override
    public int read() {
      return understood(tar::read);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      return understood(() -> tar.read(buffer, offset, length));
    }
  }
}
