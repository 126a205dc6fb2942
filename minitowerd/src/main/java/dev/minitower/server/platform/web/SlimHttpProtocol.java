package dev.minitower.server.platform.web;

import org.apache.coyote.http11.Http11NioProtocol;

/**
 * HTTP/1.1 with buffers for what runners and browsers say: a request or an answer of a kilobyte or
 * two. Tomcat's own sizes cost each connection that waits (a long poll, an event stream) 100 KiB.
 * Larger bodies go through in larger pieces, past these buffers.
 */
public final class SlimHttpProtocol extends Http11NioProtocol {
  private static final int READ_BYTES = 1024;
  private static final int WRITE_BYTES = 2048;
  private static final int ANSWER_HEADER_BYTES = 4096;

  public SlimHttpProtocol() {
    boolean unused =
        setProperty("socket.appReadBufSize", String.valueOf(READ_BYTES))
            && setProperty("socket.appWriteBufSize", String.valueOf(WRITE_BYTES));
    setMaxHttpResponseHeaderSize(ANSWER_HEADER_BYTES);
  }

  /** Of the answer's own buffer, whose characters take twice as much again. */
  @Override
  public int getDesiredBufferSize() {
    return WRITE_BYTES;
  }
}
