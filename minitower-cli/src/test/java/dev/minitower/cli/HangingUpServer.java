package dev.minitower.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers every request after its first bytes, reads no more of it and closes the connection. */
final class HangingUpServer implements AutoCloseable {
  private final ServerSocket listener;
  private final String answer;

  private HangingUpServer(ServerSocket listener, String answer) {
    this.listener = listener;
    this.answer = answer;
  }

  static HangingUpServer answering(String answer) throws IOException {
    var listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    var server = new HangingUpServer(listener, answer);
    var thread = new Thread(server::serve, "hanging-up-server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        var unused = socket.getInputStream().read(new byte[1000]);
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
      } catch (IOException closed) {
        // The client or the test has ended the connection, which is what this server is for.
      }
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
