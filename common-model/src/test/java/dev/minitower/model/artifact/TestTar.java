package dev.minitower.model.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Makes archives that no honest packer would. */
final class TestTar {
  static final String TOWERFILE = "[app]\nname = 'demo'\nscript = 'main.py'\n";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar;

  private TestTar() {
    tar = new TarArchiveOutputStream(bytes, "UTF-8");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
  }

  static TestTar empty() {
    return new TestTar();
  }

  /** A Towerfile and its script, to which a test adds what is wrong. */
  static TestTar good() {
    return empty().file("Towerfile", TOWERFILE).file("main.py", "print('hi')\n");
  }

  TestTar file(String name, String content) {
    return file(name, content.getBytes(UTF_8));
  }

  TestTar file(String name, byte[] content) {
    return entry(name, TarConstants.LF_NORMAL, content, entry -> {});
  }

  TestTar folder(String name) {
    return entry(name, TarConstants.LF_DIR, new byte[0], entry -> {});
  }

  TestTar link(String name, String target) {
    return entry(name, TarConstants.LF_SYMLINK, new byte[0], e -> e.setLinkName(target));
  }

  TestTar hardLink(String name, String target) {
    return entry(name, TarConstants.LF_LINK, new byte[0], e -> e.setLinkName(target));
  }

  TestTar entry(String name, byte kind, byte[] content, Consumer<TarArchiveEntry> change) {
    try {
      TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
      entry.setSize(content.length);
      change.accept(entry);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] tar() {
    try {
      tar.close();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] gz() {
    return gzip(tar());
  }

  InputStream stream() {
    return new ByteArrayInputStream(gz());
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A header of 512 bytes with a right checksum, changed as the test likes. */
  static byte[] header(String name, char kind, String size) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000644\0");
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, size);
    put(header, 136, "00000000000\0");
    header[156] = (byte) kind;
    put(header, 257, "ustar\00000");
    return withChecksum(header);
  }

  static byte[] withChecksum(byte[] header) {
    put(header, 148, "        ");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  static void put(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
