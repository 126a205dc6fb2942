package dev.minitower.bench.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.bench.http.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class LogLinesTest {
  private static final long RUN = 123_456;

  private final LogLines lines = new LogLines();

  @Test
  void a_line_has_always_the_same_length_and_never_the_same_text() {
    Set<String> seen = new HashSet<>();
    for (long runId : new long[] {1, 2, RUN}) {
      for (long seq : new long[] {1, 2, 9, 10, 999_999, 1_000_000, 9_999_999}) {
        String line = LogLines.line(runId, seq);
        assertThat(line).hasSize(LogLines.LINE_LENGTH).matches("[\\x20-\\x7e]*");
        assertThat(seen.add(line)).isTrue();
      }
    }
  }

  @Test
  void a_batch_holds_its_lines_in_order() throws IOException {
    List<String> read = new ArrayList<>();

    String next = LogPage.read(lines.batch(RUN, 99, 3), (line, seq) -> read.add(seq + line));

    assertThat(next).isNull();
    assertThat(read)
        .containsExactly(
            "99" + LogLines.line(RUN, 99),
            "100" + LogLines.line(RUN, 100),
            "101" + LogLines.line(RUN, 101));
  }

  @Test
  void every_line_has_a_time_in_the_form_of_the_contract() {
    String batch = lines.batch(RUN, 1, 25_000).toString();

    var times = Pattern.compile("\"logged_at\":\"([^\"]*)\"").matcher(batch).results();

    assertThat(times.map(time -> time.group(1)))
        .hasSize(25_000)
        .allMatch(time -> time.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:[0-5]\\d\\.\\d{3}Z"));
  }

  @Test
  void a_packed_batch_is_the_same_as_gzip_and_the_next_too() throws IOException {
    for (int first : new int[] {1, 1001}) {
      Bytes packed = lines.packedBatch(RUN, first, 1000);
      var in = new GZIPInputStream(new ByteArrayInputStream(packed.array(), 0, packed.length()));
      String unpacked = new String(in.readAllBytes(), UTF_8);
      assertThat(packed.length()).isLessThan(unpacked.length() / 3);
      assertThat(unpacked).startsWith("{\"logs\":[{\"seq\":" + first + ",");
      assertThat(unpacked).contains(LogLines.line(RUN, first + 999)).endsWith("\"}]}");
    }
  }
}
