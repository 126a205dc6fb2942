package dev.minitower.bench.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minitower.bench.http.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PagesTest {
  @Test
  void fields_are_read_in_whatever_order_past_what_lies_deeper() throws IOException {
    Bytes body =
        Bytes.of("{\"input\":{\"run_id\":5,\"x\":[1]},\"lease_token\":\"t\",\"run_id\":7,\"b\":2}");

    assertThat(Fields.read(body, "run_id", "lease_token", "none")).containsExactly("7", "t", null);
    assertThatThrownBy(() -> Fields.text(body, "none")).hasMessageContaining("no none in");
  }

  @Test
  void a_body_that_is_not_an_object_is_refused() {
    for (String text : new String[] {"", "[]", "<html>", "{\"run_id\":", "{\"a\" 1}"}) {
      assertThatThrownBy(() -> Fields.number(Bytes.of(text), "run_id"))
          .as(text)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void a_page_of_runs_shows_its_runs_and_where_the_next_begins() throws IOException {
    List<ListedRun> runs = new ArrayList<>();
    Bytes body =
        Bytes.of(
            "{\"runs\":[{\"run_id\":2,\"status\":\"completed\",\"input\":{\"run_id\":9},"
                + "\"retry_count\":1},{\"status\":\"queued\",\"run_id\":1}],\"next_cursor\":\"c\"}");

    RunPage page = RunPage.read(body, runs::add);

    assertThat(page).isEqualTo(new RunPage(2, "c"));
    assertThat(runs)
        .containsExactly(new ListedRun(2, "completed", 1), new ListedRun(1, "queued", 0));
  }

  @Test
  void the_last_page_says_so() throws IOException {
    assertThat(RunPage.read(Bytes.of("{\"runs\":[]}"), run -> {}).nextCursor()).isNull();
    assertThat(LogPage.read(Bytes.of("{\"logs\":[]}"), (line, seq) -> {})).isNull();
    assertThat(LogPage.read(Bytes.of("{\"logs\":[],\"next_after_seq\":7}"), (line, seq) -> {}))
        .isEqualTo("7");
  }
}
