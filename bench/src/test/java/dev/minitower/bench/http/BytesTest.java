package dev.minitower.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 9, 10, 99, 100, 1234567, Long.MAX_VALUE})
  void a_number_is_written_as_java_writes_it(long number) {
    var bytes = new Bytes(1);

    bytes.ascii("<");
    bytes.number(number);
    bytes.ascii(">");

    assertThat(bytes).hasToString("<" + number + ">");
  }

  @Test
  void a_negative_number_is_refused() {
    assertThatThrownBy(() -> new Bytes(1).number(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://a:1", "a:1", "http://", "http://a/path", "http:///x"})
  void an_address_of_another_form_is_refused(String url) {
    assertThatThrownBy(() -> Endpoint.of(url)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_address_has_host_and_port() {
    assertThat(Endpoint.of("http://localhost:81/")).isEqualTo(new Endpoint("localhost", 81));
    assertThat(Endpoint.of("http://10.0.0.1")).isEqualTo(new Endpoint("10.0.0.1", 80));
  }
}
