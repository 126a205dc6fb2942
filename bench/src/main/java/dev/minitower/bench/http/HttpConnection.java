package dev.minitower.bench.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the server, opened at the first request and again when it is of no more use. A
 * request is sent once: what became of one that failed nobody knows. For one thread at a time.
 */
public final class HttpConnection implements AutoCloseable {
  private static final Bytes NO_BODY = new Bytes(0);
  private static final int CONNECT_MILLIS = 10_000;

  /** Longer than any poll waits. */
  private static final int READ_MILLIS = 100_000;

  /** No server closes an idle connection sooner, and one that it may have closed isn't used. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(4);

  private final Endpoint endpoint;
  private final String hostHeader;
  private final Bytes request = new Bytes(1024);
  private final AnswerHead head = new AnswerHead();
  private final HttpAnswer answer = new HttpAnswer();
  private @Nullable Socket socket;
  private @Nullable OutputStream out;
  private @Nullable ByteSource source;
  private long lastUse;

  public HttpConnection(Endpoint endpoint) {
    this.endpoint = endpoint;
    this.hostHeader = " HTTP/1.1\r\nHost: " + endpoint.host() + ":" + endpoint.port() + "\r\n";
  }

  public HttpAnswer get(String path, String headers) throws IOException {
    return send("GET", path, headers, NO_BODY);
  }

  /**
   * Sends one request and reads its answer.
   *
   * @param headers each with its line end
   */
  public HttpAnswer send(String method, String path, String headers, Bytes body)
      throws IOException {
    post(method, path, headers, body);
    return receive();
  }

  /** Sends a request whose answer {@link #receive} or {@link #open} reads later. */
  public void post(String method, String path, String headers, Bytes body) throws IOException {
    request.clear();
    request.ascii(method);
    request.add((byte) ' ');
    request.ascii(path);
    request.ascii(hostHeader);
    request.ascii(headers);
    if (!method.equals("GET")) {
      request.ascii("Content-Length: ");
      request.number(body.length());
      request.ascii("\r\n");
    }
    request.ascii("\r\n");
    request.add(body.array(), 0, body.length());
    connect();
    try {
      Objects.requireNonNull(out).write(request.array(), 0, request.length());
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** The whole answer to the request that was sent. */
  public HttpAnswer receive() throws IOException {
    try {
      InputStream body = open();
      answer.read(head.statusCode(), body);
    } catch (IOException e) {
      close();
      throw e;
    }
    lastUse = System.nanoTime();
    if (head.isClosing()) {
      close();
    }
    return answer;
  }

  /** The answer's body as it comes; to be read to its end, or the connection closed. */
  public InputStream open() throws IOException {
    ByteSource in = Objects.requireNonNull(source, "nothing was sent");
    head.read(in);
    return new HttpBody(in, head);
  }

  /** Of the answer that was opened. */
  public int status() {
    return head.statusCode();
  }

  private void connect() throws IOException {
    if (socket != null && System.nanoTime() - lastUse > IDLE_NANOS) {
      close();
    }
    if (socket == null) {
      var opened = new Socket();
      socket = opened;
      try {
        opened.setTcpNoDelay(true);
        opened.setSoTimeout(READ_MILLIS);
        opened.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), CONNECT_MILLIS);
        out = opened.getOutputStream();
        source = new ByteSource(opened.getInputStream());
      } catch (IOException e) {
        close();
        throw e;
      }
    }
  }

  @Override
  public void close() {
    Socket open = socket;
    socket = null;
    out = null;
    source = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
