package dev.minitower.server.runs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestServer;
import dev.minitower.server.runs.RunFixture.Lease;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a log, and the lines that hold a text. */
class LogSearchTest {
  @TempDir static Path folder;
  private static TestServer server;
  private static RunFixture fixture;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
    fixture = new RunFixture(server);
  }

  @AfterEach
  void clear() {
    fixture.clear();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Lease printed(String... lines) {
    Lease lease = fixture.leased();
    print(lease, 1, lines);
    return lease;
  }

  private static void print(Lease lease, long from, String... lines) {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < lines.length; i++) {
      entries.add(RunFixture.line(from + i, lines[i]));
    }
    assertThat(lease.logs(String.join(",", entries)).status()).isEqualTo(200);
  }

  private static void printMany(Lease lease, long from, long to) {
    for (long first = from; first <= to; first += 1_000) {
      String batch =
          LongStream.rangeClosed(first, Math.min(to, first + 999))
              .mapToObj(seq -> RunFixture.line(seq, "line " + seq))
              .collect(Collectors.joining(","));
      assertThat(lease.logs(batch).status()).isEqualTo(200);
    }
  }

  private static TestAnswer tail(Lease lease, String query) {
    return fixture.asTeam("GET", "/runs/" + lease.runId() + "/logs?" + query).send();
  }

  private static List<String> seqs(TestAnswer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.each("logs", "seq");
  }

  private static TestAnswer search(Lease lease, String text, String more) {
    String path = "/runs/" + lease.runId() + "/logs/search?q=" + URLEncoder.encode(text, UTF_8);
    return fixture.asTeam("GET", path + more).send();
  }

  private static List<Long> found(Lease lease, String text) {
    TestAnswer answer = search(lease, text, "");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().has("next_after_seq")).isFalse();
    return answer.json().required("seqs").valueStream().map(seq -> seq.asLong()).toList();
  }

  @Test
  void the_tail_is_the_last_lines_in_order_over_chunks_and_gaps() {
    Lease lease = printed("one", "two", "three");
    print(lease, 7, "seven", "eight");

    assertThat(seqs(tail(lease, "tail=1"))).containsExactly("8");
    assertThat(seqs(tail(lease, "tail=2"))).containsExactly("7", "8");
    assertThat(seqs(tail(lease, "tail=4"))).containsExactly("2", "3", "7", "8");
    assertThat(seqs(tail(lease, "tail=50000"))).containsExactly("1", "2", "3", "7", "8");
    assertThat(tail(lease, "tail=2").json().has("next_after_seq")).isFalse();
  }

  @Test
  void the_tail_is_of_the_newest_attempt_that_printed_or_of_the_one_asked_for() {
    Lease first = fixture.leased("\"max_retries\":1");
    print(first, 1, "old", "older");
    fixture.leaseGoesOver();
    fixture.reap();
    Lease second = fixture.lease();
    assertThat(seqs(tail(second, "tail=1"))).containsExactly("2");
    print(second, 1, "new");

    assertThat(seqs(tail(second, "tail=5"))).containsExactly("1");
    assertThat(seqs(tail(second, "tail=5&attempt=1"))).containsExactly("1", "2");
    assertThat(tail(second, "tail=5&attempt=3").status()).isEqualTo(404);
  }

  @Test
  void a_run_that_printed_nothing_has_an_empty_tail() {
    assertThat(seqs(tail(fixture.leased(), "tail=5"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tail=0", "tail=50001", "tail=x", "tail=5&after_seq=0", "tail=5&limit=5"})
  void a_tail_that_is_none_is_refused(String query) {
    TestAnswer answer = tail(printed("x"), query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fieldsAtFault()).containsExactly("tail");
  }

  @Test
  void lines_are_found_in_either_case_and_whatever_their_colours() {
    Lease lease =
        printed(
            "An ERROR here",
            "nothing",
            "\\u001b[1;31merr\\u001b[0mor in colours",
            "Größe ÄÖÜ",
            "\\u001b[38:5:9mno e\\u001b[Krror");

    assertThat(found(lease, "error")).containsExactly(1L, 3L);
    assertThat(found(lease, "äöü")).containsExactly(4L);
    assertThat(found(lease, "[0m")).isEmpty();
    assertThat(found(lease, " ")).containsExactly(1L, 3L, 4L, 5L);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"a.*b", "(", "[a-z]", "\\E", "^x", "100%", "🎉", "' OR 1=1 --", "$0", "a|b"})
  void a_text_is_only_ever_a_text(String text) {
    Lease lease = printed("has " + text.replace("\\", "\\\\") + " in it", "axxb 0 x é z");

    assertThat(found(lease, text)).containsExactly(1L);
  }

  @Test
  void another_teams_lines_are_not_there() {
    Lease lease = printed("secret");
    RunFixture strangers = new RunFixture(server, "strangers");

    for (String path : List.of("/logs/search?q=secret", "/logs?tail=1")) {
      assertThat(strangers.asTeam("GET", "/runs/" + lease.runId() + path).send().errorMessage())
          .isEqualTo("run not found");
    }
  }

  @Test
  void what_is_no_text_is_refused() {
    Lease lease = printed("x");

    for (String text : List.of("", "\0", "x".repeat(201))) {
      assertThat(search(lease, text, "").fieldsAtFault()).containsExactly("q");
    }
    assertThat(search(lease, "x", "&after_seq=-1").fieldsAtFault()).containsExactly("after_seq");
    assertThat(search(lease, "x", "&attempt=9").status()).isEqualTo(404);
  }

  @Test
  void a_run_that_printed_nothing_holds_nothing() {
    assertThat(search(fixture.leased(), "x", "").body()).isEqualTo("{\"seqs\":[]}");
  }

  @Test
  void a_search_that_is_not_done_says_where_to_go_on_and_misses_nothing() {
    Lease lease = fixture.leased();
    printMany(lease, 1, 60_500);

    TestAnswer rare = search(lease, "line 60499", "");
    assertThat(rare.json().required("seqs")).isEmpty();
    assertThat(rare.number("next_after_seq")).isEqualTo(50_000);
    assertThat(search(lease, "line 60499", "&after_seq=50000").body())
        .isEqualTo("{\"attempt_no\":1,\"seqs\":[60499]}");

    List<Long> seen = new ArrayList<>();
    long after = 0;
    do {
      TestAnswer page = search(lease, "line", "&after_seq=" + after);
      page.json().required("seqs").valueStream().forEach(seq -> seen.add(seq.asLong()));
      assertThat(page.json().required("seqs").size()).isLessThanOrEqualTo(10_000);
      after = page.json().path("next_after_seq").asLong(0);
    } while (after > 0);
    assertThat(seen).isEqualTo(LongStream.rangeClosed(1, 60_500).boxed().toList());
  }

  @Test
  void a_search_ends_at_the_last_line_without_asking_for_another() {
    Lease lease = fixture.leased();
    printMany(lease, 1, 50_000);

    assertThat(search(lease, "no such", "").json().has("next_after_seq")).isFalse();
  }
}
