package dev.minitower.bench.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpBodyTest {
  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  /** The network may cut anything anywhere. */
  private static final class Dribble extends InputStream {
    private final InputStream all;
    private final int packet;

    Dribble(String text, int packet) {
      this.all = new ByteArrayInputStream(text.getBytes(ISO_8859_1));
      this.packet = packet;
    }

    @Override
    public int read() throws IOException {
      return all.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return all.read(target, offset, Math.min(packet, length));
    }
  }

  private final AnswerHead head = new AnswerHead();

  private String read(ByteSource source) throws IOException {
    head.read(source);
    var answer = new HttpAnswer();
    answer.read(head.statusCode(), new HttpBody(source, head));
    return answer.status() + " " + answer.body();
  }

  private static ByteSource in(String text, int packet) {
    return new ByteSource(new Dribble(text, packet));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100_000})
  void an_answer_is_the_same_however_it_is_cut(int packet) throws IOException {
    ByteSource source =
        in(
            "HTTP/1.1 201 Created\r\ncontent-LENGTH:  5 \r\nX: y\r\n\r\nhello"
                + CHUNKED
                + "5;ext=1\r\nhello\r\nA\r\n, chunks!!\r\n0\r\nTrailer: x\r\n\r\n"
                + "HTTP/1.1 204 \r\n\r\n"
                + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            packet);

    assertThat(read(source)).isEqualTo("201 hello");
    assertThat(read(source)).isEqualTo("200 hello, chunks!!");
    assertThat(read(source)).isEqualTo("204 ");
    assertThat(head.isClosing()).isFalse();
    assertThat(read(source)).isEqualTo("200 ");
    assertThat(head.isClosing()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5000, 100_000})
  void bodies_larger_than_any_buffer_arrive_whole(int packet) throws IOException {
    String large = "0123456789abcdef".repeat(5000);

    String plain = read(in("HTTP/1.1 200 OK\r\nContent-Length: 80000\r\n\r\n" + large, packet));
    String chunked = read(in(CHUNKED + "13880\r\n" + large + "\r\n0\r\n\r\n", packet));

    assertThat(plain).isEqualTo("200 " + large);
    assertThat(chunked).isEqualTo("200 " + large);
  }

  @Test
  void interim_answers_are_skipped() throws IOException {
    ByteSource source =
        in("HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 4);

    assertThat(read(source)).isEqualTo("200 ok");
  }

  @Test
  void without_a_length_the_body_ends_with_the_connection() throws IOException {
    assertThat(read(in("HTTP/1.1 200 OK\r\n\r\nall of it", 4))).isEqualTo("200 all of it");
    assertThat(head.isClosing()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhell",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
      })
  void an_answer_that_breaks_off_is_not_taken_for_a_short_one(String text) {
    assertThatThrownBy(() -> read(in(text, 3))).isInstanceOf(EOFException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH\r\n\r\n",
        "HTTP/1.1 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"
      })
  void what_is_not_http_is_refused(String text) {
    assertThatThrownBy(() -> read(in(text, 100)))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(EOFException.class);
  }
}
