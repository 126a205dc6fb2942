package dev.minitower.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests byte by byte, as no well-behaved client would send them. */
public final class TestSocket {
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");

  private TestSocket() {}

  /**
   * @param head the status line and the headers
   */
  public record RawAnswer(int status, String head, String body) {
    public String header(String name) {
      Matcher matcher = Pattern.compile("(?im)^" + name + ": *(.*?)\r?$").matcher(head);
      return matcher.find() ? matcher.group(1) : "";
    }
  }

  /** A request of this line on a connection of its own. */
  public static RawAnswer request(TestServer server, String line, String... headers) {
    StringBuilder text = new StringBuilder(line).append("\r\nHost: tower\r\nConnection: close\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    return exchange(server, text.append("\r\n").toString());
  }

  /** Sends the text and reads until the server hangs up. */
  public static RawAnswer exchange(TestServer server, String text) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.uri("/").getPort())) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      return parse(new String(socket.getInputStream().readAllBytes(), ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RawAnswer parse(String answer) {
    Matcher status = STATUS.matcher(answer);
    int end = answer.indexOf("\r\n\r\n");
    if (!status.lookingAt() || end < 0) {
      throw new AssertionError("no HTTP answer: '" + answer + "'");
    }
    return new RawAnswer(
        Integer.parseInt(status.group(1)), answer.substring(0, end), answer.substring(end + 4));
  }
}
