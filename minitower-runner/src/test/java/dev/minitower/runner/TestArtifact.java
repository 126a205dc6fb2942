package dev.minitower.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Packs files as a project is uploaded. */
final class TestArtifact {
  private TestArtifact() {}

  static byte[] of(String script, String text) {
    return of(Map.of(script, text), script);
  }

  static byte[] of(Map<String, String> files, String script) {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes), "UTF-8")) {
      put(tar, "Towerfile", "[app]\nname = \"test\"\nscript = \"" + script + "\"\n");
      for (Map.Entry<String, String> file : files.entrySet()) {
        put(tar, file.getKey(), file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void put(TarArchiveOutputStream tar, String name, String text) throws IOException {
    byte[] content = text.getBytes(UTF_8);
    var entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }
}
