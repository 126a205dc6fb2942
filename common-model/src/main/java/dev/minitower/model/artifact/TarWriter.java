package dev.minitower.model.artifact;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes a tar that is a function of names, contents and execute bits alone. It writes the extended
 * headers for long and foreign names itself: the library puts the name of the user that runs it
 * into those that it makes.
 */
final class TarWriter implements AutoCloseable {
  private static final int RECORD = TarConstants.DEFAULT_RCDSIZE;
  private static final String EXTENDED_NAME = "PaxHeaders/entry";

  private final TarArchiveOutputStream tar;

  TarWriter(OutputStream out) {
    tar = new TarArchiveOutputStream(out, RECORD, "UTF-8");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_TRUNCATE);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
  }

  /** Fails if the file's size is not, or no longer, the one given. */
  void add(ProjectFile file) throws IOException {
    String target = file.linkTarget();
    String headers = extended("path", file.path());
    if (target == null) {
      write(headers);
      put(entry(file.path(), TarConstants.LF_NORMAL, file.executable() ? 0755 : 0644), file.size());
      try (InputStream content = Files.newInputStream(file.file(), LinkOption.NOFOLLOW_LINKS)) {
        long unused = content.transferTo(tar);
      }
    } else {
      write(headers + extended("linkpath", target));
      TarArchiveEntry link = entry(file.path(), TarConstants.LF_SYMLINK, 0777);
      link.setLinkName(target);
      put(link, 0);
    }
    tar.closeArchiveEntry();
  }

  private void write(String headers) throws IOException {
    if (!headers.isEmpty()) {
      byte[] bytes = headers.getBytes(UTF_8);
      put(entry(EXTENDED_NAME, TarConstants.LF_PAX_EXTENDED_HEADER_LC, 0644), bytes.length);
      tar.write(bytes);
      tar.closeArchiveEntry();
    }
  }

  private void put(TarArchiveEntry entry, long size) throws IOException {
    entry.setSize(size);
    tar.putArchiveEntry(entry);
  }

  private static TarArchiveEntry entry(String name, byte kind, int mode) {
    TarArchiveEntry entry = new TarArchiveEntry(name, kind);
    entry.setMode(mode);
    entry.setModTime(0L);
    entry.setIds(0, 0);
    entry.setNames("", "");
    return entry;
  }

  /**
   * A record of POSIX.1-2001's extended header, if the plain header can't hold the value: its
   * length, which counts its own digits, a space, {@code key=value} and a line end.
   */
  private static String extended(String key, String value) {
    byte[] bytes = value.getBytes(UTF_8);
    if (bytes.length < TarConstants.NAMELEN && US_ASCII.newEncoder().canEncode(value)) {
      return "";
    }
    int rest = key.length() + bytes.length + 3;
    int length = rest + String.valueOf(rest).length();
    length = rest + String.valueOf(length).length();
    return length + " " + key + "=" + value + "\n";
  }

  /** Writes the end of the archive; the stream below is closed too. */
  @Override
  public void close() throws IOException {
    tar.close();
  }
}
