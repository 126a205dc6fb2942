package dev.minitower.server.platform.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends a small answer whole, with its length. Spring flushes what it has written, and so an answer
 * of unknown length goes in two packets: itself, and the end of its last chunk.
 */
final class WholeJsonConverter extends JacksonJsonHttpMessageConverter {
  private static final int SMALL_BYTES = 8192;

  WholeJsonConverter(JsonMapper json) {
    super(json);
  }

  @Override
  protected void writeInternal(
      Object value,
      ResolvableType type,
      HttpOutputMessage answer,
      @Nullable Map<String, Object> hints)
      throws IOException {
    Body body = new Body(answer);
    super.writeInternal(value, type, body, hints);
    body.end();
  }

  /** Keeps what is written until it is all there or no longer small. */
  private static final class Body extends OutputStream implements HttpOutputMessage {
    private final HttpOutputMessage answer;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(512);
    private boolean large;

    Body(HttpOutputMessage answer) {
      this.answer = answer;
    }

    @Override
    public HttpHeaders getHeaders() {
      return answer.getHeaders();
    }

    @Override
    public OutputStream getBody() {
      return this;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (!large && kept.size() + length > SMALL_BYTES) {
        large = true;
        kept.writeTo(answer.getBody());
      }
      if (large) {
        answer.getBody().write(bytes, offset, length);
      } else {
        kept.write(bytes, offset, length);
      }
    }

    void end() throws IOException {
      if (!large) {
        answer.getHeaders().setContentLength(kept.size());
        kept.writeTo(answer.getBody());
      }
    }
  }
}
