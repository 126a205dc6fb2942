package dev.minitower.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;

/** The lines of an event stream, whose events need not be told apart. */
final class EventLines {
  private final BufferedReader lines;

  EventLines(InputStream stream) {
    this.lines = new BufferedReader(new InputStreamReader(stream, UTF_8));
  }

  /** Reads on to a line that holds the text. */
  void awaitLineWith(String text) throws IOException {
    String line = next(text);
    while (!line.contains(text)) {
      line = next(text);
    }
  }

  /** Reads on to the event {@code end}, and to the end of the stream. */
  void awaitEnd() throws IOException {
    String line = next("end");
    while (!line.startsWith("event:") || !line.substring(6).trim().equals("end")) {
      line = next("end");
    }
    String rest;
    do {
      rest = lines.readLine();
    } while (rest != null);
  }

  private String next(String awaited) throws IOException {
    String line = lines.readLine();
    if (line == null) {
      throw new IOException("the event stream ended without '" + awaited + "'");
    }
    return line;
  }
}
