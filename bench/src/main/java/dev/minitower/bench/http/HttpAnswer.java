package dev.minitower.bench.http;

import java.io.IOException;
import java.io.InputStream;

/** Status and whole body; valid until the connection's next request. */
public final class HttpAnswer {
  private static final int PIECE = 8 * 1024;

  private final Bytes body = new Bytes(PIECE);
  private int status;

  void read(int statusCode, InputStream in) throws IOException {
    status = statusCode;
    body.clear();
    int count;
    do {
      body.ensure(PIECE);
      count = in.read(body.array(), body.length(), body.array().length - body.length());
      body.grow(Math.max(0, count));
    } while (count >= 0);
  }

  public int status() {
    return status;
  }

  public Bytes body() {
    return body;
  }
}
