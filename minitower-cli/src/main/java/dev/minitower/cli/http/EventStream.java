package dev.minitower.cli.http;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads Server-Sent Events as the HTML standard defines them. An event that the connection's end
 * cut off is not delivered.
 */
public final class EventStream implements Closeable {
  private final HttpURLConnection http;
  private final BufferedReader lines;

  private EventStream(HttpURLConnection http, InputStream body) {
    this.http = http;
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  static EventStream of(HttpURLConnection http) throws IOException {
    return new EventStream(http, http.getInputStream());
  }

  /** The server answered with a stream, not with a proxy's page or a console's. */
  public boolean isEventStream() {
    String type = http.getContentType();
    return type != null && type.startsWith("text/event-stream");
  }

  /** Waits for the next event; empty when the server has closed the stream. */
  public Optional<ServerEvent> next() throws IOException {
    String name = "message";
    var data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        if (data.length() > 0) {
          return Optional.of(new ServerEvent(name, data.substring(0, data.length() - 1)));
        }
        name = "message";
      } else if (field(line).equals("event")) {
        name = value(line);
      } else if (field(line).equals("data")) {
        data.append(value(line)).append('\n');
      }
    }
    return Optional.empty();
  }

  /** A line that begins with a colon is a comment: a field without a name. */
  private static String field(String line) {
    int colon = line.indexOf(':');
    return colon < 0 ? line : line.substring(0, colon);
  }

  private static String value(String line) {
    int colon = line.indexOf(':');
    if (colon < 0) {
      return "";
    }
    return line.substring(line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
  }

  /** Ends the connection too: the rest of a stream is never worth reading. */
  @Override
  public void close() {
    http.disconnect();
  }
}
