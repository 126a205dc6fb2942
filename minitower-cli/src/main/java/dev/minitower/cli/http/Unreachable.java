package dev.minitower.cli.http;

import dev.minitower.cli.config.ServerAddress;
import dev.minitower.cli.platform.CliException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** No answer came: the server isn't there, can't be reached, or fell silent. */
public final class Unreachable extends CliException {
  private final boolean duringUpload;

  private Unreachable(String message) {
    this(message, false);
  }

  private Unreachable(String message, boolean duringUpload) {
    super(message);
    this.duringUpload = duringUpload;
  }

  /** The server took part of a file and then no more. */
  public boolean isDuringUpload() {
    return duringUpload;
  }

  static Unreachable of(ServerAddress server, String call, IOException cause) {
    String url = server.url();
    if (cause instanceof UnknownHostException) {
      return new Unreachable(
          "no server at "
              + url
              + ": the host's name is unknown; set --server or"
              + " MINITOWER_SERVER_URL");
    }
    if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
      return new Unreachable(
          "no server at "
              + url
              + ": "
              + reason(cause)
              + "; is minitowerd running? set --server or"
              + " MINITOWER_SERVER_URL");
    }
    if (cause instanceof SSLException) {
      return new Unreachable("no secure connection to " + url + ": " + reason(cause));
    }
    if (cause instanceof SocketTimeoutException) {
      return new Unreachable(
          "no answer from " + url + " to " + call + " in time; is it overloaded? try again");
    }
    return new Unreachable(
        "the connection to " + url + " broke during " + call + ": " + reason(cause));
  }

  /** A file was being sent and the server took no more of it: what it does with too large ones. */
  static Unreachable duringUpload(ServerAddress server, String size, IOException cause) {
    return new Unreachable(
        server.url()
            + " hung up on an upload of "
            + size
            + " ("
            + reason(cause)
            + "); it may be larger than the server takes",
        true);
  }

  private static String reason(IOException cause) {
    String message = cause.getMessage();
    if (message == null) {
      return cause.getClass().getSimpleName();
    }
    String plain = message.replaceFirst(" \\([^()]*\\)$", "");
    return plain.substring(0, 1).toLowerCase(Locale.ROOT) + plain.substring(1);
  }
}
