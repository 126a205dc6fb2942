package dev.minitower.bench.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.minitower.bench.http.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** The smallest app there is, a Towerfile and a shell script, as the form of an upload. */
final class TinyApp {
  private static final String BOUNDARY = "bench-boundary";
  static final String FORM_TYPE = "multipart/form-data; boundary=" + BOUNDARY;
  private static final int BLOCK = 512;

  private TinyApp() {}

  static Bytes asForm(String slug, String script) throws IOException {
    byte[] archive = archive(slug, script);
    var form = new Bytes(archive.length + 512);
    form.ascii("--" + BOUNDARY + "\r\n");
    form.ascii("Content-Disposition: form-data; name=\"artifact\"; filename=\"app.tar.gz\"\r\n");
    form.ascii("Content-Type: application/gzip\r\n\r\n");
    form.add(archive, 0, archive.length);
    form.ascii("\r\n--" + BOUNDARY + "--\r\n");
    return form;
  }

  private static byte[] archive(String slug, String script) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (OutputStream tar = new GZIPOutputStream(bytes)) {
      add(
          tar,
          "Towerfile",
          "[app]\nname = \"" + slug + "\"\nscript = \"main.sh\"\nsource = [\"main.sh\"]\n");
      add(tar, "main.sh", script);
      tar.write(new byte[2 * BLOCK]);
    }
    return bytes.toByteArray();
  }

  /** A plain file in the form of POSIX.1-1988 ("ustar"). */
  private static void add(OutputStream tar, String name, String text) throws IOException {
    byte[] content = text.getBytes(UTF_8);
    var header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "0000755");
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, 124, "%011o".formatted(content.length));
    put(header, 136, "00000000000");
    put(header, 148, "        ");
    put(header, 156, "0");
    put(header, 257, "ustar");
    put(header, 263, "00");
    int sum = 0;
    for (byte one : header) {
      sum += one;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    tar.write(header);
    tar.write(content);
    tar.write(new byte[Math.floorMod(-content.length, BLOCK)]);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
