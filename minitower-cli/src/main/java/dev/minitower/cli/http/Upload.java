package dev.minitower.cli.http;

import dev.minitower.cli.output.HumanText;
import dev.minitower.cli.platform.CliException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/**
 * Sends one file as a form (RFC 7578) of a length known from the start, so that nothing of it is
 * kept in memory.
 */
final class Upload {
  /** The server checks the whole archive before it answers. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(5);

  private static final int CHUNK = 64 * 1024;

  private final Path file;
  private final UploadListener listener;
  private final String boundary = "minitower-" + UUID.randomUUID();

  Upload(Path file, UploadListener listener) {
    this.file = file;
    this.listener = listener;
  }

  Answer send(ApiClient client, ApiPath path) {
    try {
      long size = Files.size(file);
      byte[] head = head();
      byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
      HttpURLConnection http = client.open("POST", path, ANSWER_TIMEOUT);
      http.setDoOutput(true);
      http.setFixedLengthStreamingMode(head.length + size + tail.length);
      http.setRequestProperty("Content-Type", "multipart/form-data; boundary=" + boundary);
      long started = System.nanoTime();
      try (OutputStream out = http.getOutputStream()) {
        out.write(head);
        copy(out, size);
        out.write(tail);
      } catch (ConnectException notThere) {
        throw notThere;
      } catch (IOException hungUp) {
        throw Unreachable.duringUpload(client.connection().server(), HumanText.size(size), hungUp);
      }
      return client.answer(http, "POST", path, started);
    } catch (IOException failed) {
      throw Unreachable.of(client.connection().server(), "POST " + path, failed);
    }
  }

  private byte[] head() {
    String text =
        "--"
            + boundary
            + "\r\nContent-Disposition: form-data; name=\"artifact\"; filename=\"artifact.tar.gz\""
            + "\r\nContent-Type: application/gzip\r\n\r\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void copy(OutputStream out, long size) throws IOException {
    byte[] buffer = new byte[CHUNK];
    long sent = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0 && sent < size; read = in.read(buffer)) {
        int part = (int) Math.min(read, size - sent);
        out.write(buffer, 0, part);
        sent += part;
        listener.sent(sent, size);
      }
    }
    if (sent < size) {
      throw new CliException(file + " became shorter while it was being sent; try again");
    }
  }
}
