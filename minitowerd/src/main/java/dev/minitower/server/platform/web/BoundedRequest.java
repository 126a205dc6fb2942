package dev.minitower.server.platform.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A request whose body is refused with 413 once more than {@code limit} bytes of it were read. */
final class BoundedRequest extends HttpServletRequestWrapper {
  private final long limit;
  private final boolean gzip;

  BoundedRequest(HttpServletRequest request, long limit, boolean gzip) {
    super(request);
    this.limit = limit;
    this.gzip = gzip;
  }

  @Override
  public int getContentLength() {
    return -1;
  }

  @Override
  public long getContentLengthLong() {
    return -1;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    InputStream body = super.getInputStream();
    try {
      return new BoundedInputStream(gzip ? new GZIPInputStream(body) : body, limit);
    } catch (ZipException e) {
      throw ApiException.invalid("the body is not gzip");
    }
  }

  @Override
  public BufferedReader getReader() throws IOException {
    return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
  }

  private static final class BoundedInputStream extends ServletInputStream {
    private final InputStream body;
    private final long limit;
    private long read;
    private boolean finished;

    BoundedInputStream(InputStream body, long limit) {
      this.body = body;
      this.limit = limit;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = readBody(buffer, offset, length);
      finished = count < 0;
      read += Math.max(0, count);
      if (read > limit) {
        throw ApiException.tooLarge(limit);
      }
      return count;
    }

    private int readBody(byte[] buffer, int offset, int length) throws IOException {
      try {
        return body.read(buffer, offset, length);
      } catch (ZipException e) {
        throw ApiException.invalid("the body is not gzip");
      }
    }

    @Override
    public boolean isFinished() {
      return finished;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("a bounded body is read by blocking");
    }
  }
}
