package dev.minitower.server.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestServer;
import dev.minitower.server.runs.RunFixture.Lease;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogTest {
  @TempDir static Path dir;
  private static TestServer server;
  private static RunFixture fixture;

  @BeforeAll
  static void start() {
    server = TestServer.start(dir);
    fixture = new RunFixture(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String lines(long from, long to) {
    return LongStream.rangeClosed(from, to)
        .mapToObj(seq -> RunFixture.line(seq, "line " + seq))
        .collect(Collectors.joining(","));
  }

  private static TestAnswer read(Lease lease, String query) {
    return fixture.asTeam("GET", "/runs/" + lease.runId() + "/logs" + query).send();
  }

  private static List<Long> seqs(TestAnswer answer) {
    return answer.each("logs", "seq").stream().map(Long::valueOf).toList();
  }

  @Test
  void a_line_comes_back_as_it_was_sent() {
    Lease lease = fixture.leased();

    TestAnswer sent =
        lease.logs(
            """
            {"seq":1,"stream":"stderr","line":"\\u0001 <b>ä</b> \\ud83d\\ude00","logged_at":"2026-02-08T13:00:00.5+01:00"}
            """);

    assertThat(sent.body()).isEqualTo("{\"status\":\"ok\"}");
    assertThat(read(lease, "").body())
        .isEqualTo(
            "{\"logs\":[{\"seq\":1,\"stream\":\"stderr\",\"line\":\"\\u0001 <b>ä</b> 😀\","
                + "\"logged_at\":\"2026-02-08T12:00:00.500Z\",\"attempt_no\":1}]}");
  }

  @Test
  void repeated_and_overlapping_batches_in_any_order_store_each_line_once() {
    Lease lease = fixture.leased();
    List<String> batches = new ArrayList<>();
    for (long from = 1; from <= 400; from += 7) {
      batches.add(lines(from, Math.min(400, from + 17)));
      batches.add(RunFixture.line(from, "line " + from));
    }
    Collections.shuffle(batches, new Random(42));

    batches.forEach(batch -> assertThat(lease.logs(batch).status()).isEqualTo(200));
    batches.forEach(batch -> assertThat(lease.logs(batch).status()).isEqualTo(200));

    TestAnswer all = read(lease, "");
    assertThat(seqs(all))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 400).boxed().toList());
    assertThat(all.each("logs", "line")).contains("line 1", "line 400");
  }

  @Test
  void gaps_stay_gaps_until_they_are_filled() {
    Lease lease = fixture.leased();

    lease.logs(RunFixture.line(5, "five") + "," + RunFixture.line(2, "two"));
    assertThat(seqs(read(lease, ""))).containsExactly(2L, 5L);
    lease.logs(lines(1, 6));

    assertThat(seqs(read(lease, ""))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void pages_follow_one_another_without_loss_or_repeat() {
    Lease lease = fixture.leased();
    for (long from = 1; from <= 2_500; from += 500) {
      lease.logs(lines(from, from + 499));
    }

    List<Long> seen = new ArrayList<>();
    long after = 0;
    while (after >= 0) {
      TestAnswer page = read(lease, "?limit=333&after_seq=" + after);
      seen.addAll(seqs(page));
      after = page.json().path("next_after_seq").asLong(-1);
    }

    assertThat(seen).containsExactlyElementsOf(LongStream.rangeClosed(1, 2_500).boxed().toList());
  }

  @Test
  void the_newest_attempt_that_has_lines_is_shown_and_any_other_can_be_picked() {
    Lease first = fixture.leased("\"max_retries\":2");
    first.logs(RunFixture.line(1, "of the first"));
    fixture.leaseGoesOver();
    fixture.reap();
    Lease second = fixture.lease();
    assertThat(read(second, "").each("logs", "line")).containsExactly("of the first");
    second.logs(RunFixture.line(1, "of the second"));

    assertThat(read(second, "").each("logs", "line")).containsExactly("of the second");
    assertThat(read(second, "?attempt=1").each("logs", "line")).containsExactly("of the first");
    assertThat(read(second, "?attempt=3").errorCode()).isEqualTo("not_found");
    second.result("completed");
  }

  @Test
  void the_download_is_the_whole_text_of_all_attempts() {
    Lease first = fixture.leased("\"max_retries\":2");
    first.logs(lines(1, 2));
    fixture.leaseGoesOver();
    fixture.reap();
    Lease second = fixture.lease();
    second.logs(lines(1, 1));
    second.result("completed");

    TestAnswer download =
        fixture.asTeam("GET", "/runs/" + second.runId() + "/logs/download").send();

    assertThat(download.header("Content-Type")).hasValue("text/plain;charset=UTF-8");
    assertThat(download.body()).isEqualTo("==> attempt 1\nline 1\nline 2\n==> attempt 2\nline 1\n");
  }

  @Test
  void gzipped_batches_are_taken() throws IOException {
    Lease lease = fixture.leased();

    TestAnswer answer = sendGzipped(lease, "{\"logs\":[" + lines(1, 1_000) + "]}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(seqs(read(lease, ""))).hasSize(1_000);
  }

  @Test
  void a_gzip_bomb_is_cut_off_at_the_limit_of_bodies() throws IOException {
    Lease lease = fixture.leased();

    TestAnswer answer = sendGzipped(lease, " ".repeat(11 * 1024 * 1024));

    assertThat(answer.errorCode()).isEqualTo("too_large");
  }

  @Test
  void what_is_not_gzip_is_refused() {
    Lease lease = fixture.leased();

    TestAnswer answer =
        lease
            .call("POST", "logs")
            .header("Content-Encoding", "gzip")
            .bytes("application/json", "{}".getBytes(StandardCharsets.UTF_8))
            .send();

    assertThat(answer.errorCode()).isEqualTo("invalid_request");
  }

  private static TestAnswer sendGzipped(Lease lease, String json) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(json.getBytes(StandardCharsets.UTF_8));
    }
    return lease
        .call("POST", "logs")
        .header("Content-Encoding", "gzip")
        .bytes("application/json", bytes.toByteArray())
        .send();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"logs\":[{\"seq\":0,\"stream\":\"stdout\",\"line\":\"x\",\"logged_at\":\"2026-02-08T12:00:00Z\"}]}",
        "{\"logs\":[{\"seq\":\"1\",\"stream\":\"stdout\",\"line\":\"x\",\"logged_at\":\"2026-02-08T12:00:00Z\"}]}",
        "{\"logs\":[{\"seq\":1,\"stream\":\"stdin\",\"line\":\"x\",\"logged_at\":\"2026-02-08T12:00:00Z\"}]}",
        "{\"logs\":[{\"seq\":1,\"stream\":\"stdout\",\"logged_at\":\"2026-02-08T12:00:00Z\"}]}",
        "{\"logs\":[{\"seq\":1,\"stream\":\"stdout\",\"line\":\"x\",\"logged_at\":\"yesterday\"}]}",
        "{\"logs\":[{\"seq\":1,\"stream\":\"stdout\",\"line\":\"x\",\"logged_at\":1770552000}]}",
        "{\"logs\":[null]}",
        "{\"logs\":7}",
        "{}",
        "[]",
        "{\"logs\":[",
        ""
      })
  void a_malformed_batch_is_refused_and_stores_nothing(String body) {
    Lease lease = fixture.leased();

    TestAnswer answer = lease.call("POST", "logs").json(body).send();

    assertThat(answer.errorCode()).isEqualTo("invalid_request");
    assertThat(read(lease, "").body()).isEqualTo("{\"logs\":[]}");
  }

  @Test
  void a_line_over_8_KiB_or_a_batch_over_1000_lines_is_refused() {
    Lease lease = fixture.leased();

    TestAnswer longest = lease.logs(RunFixture.line(1, "x".repeat(8 * 1024)));
    TestAnswer tooLong = lease.logs(RunFixture.line(2, "ä".repeat(4 * 1024) + "x"));
    TestAnswer tooMany = lease.logs(lines(2, 1_002));

    assertThat(longest.status()).isEqualTo(200);
    assertThat(tooLong.fieldsAtFault()).containsExactly("logs[0].line");
    assertThat(tooMany.fieldsAtFault()).containsExactly("logs");
    assertThat(seqs(read(lease, ""))).containsExactly(1L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?limit=0", "?limit=50001", "?limit=x", "?after_seq=-1", "?attempt=x"})
  void a_bad_page_is_refused(String query) {
    Lease lease = fixture.leased();

    assertThat(read(lease, query).status()).isEqualTo(400);
  }
}
