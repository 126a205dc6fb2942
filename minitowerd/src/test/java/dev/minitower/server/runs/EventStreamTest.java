package dev.minitower.server.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestRequest;
import dev.minitower.server.TestServer;
import dev.minitower.server.runs.RunFixture.Lease;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a reader of an event stream sees, over real HTTP. */
@Timeout(60)
class EventStreamTest {
  @TempDir static Path dir;
  private static TestServer server;
  private static RunFixture fixture;

  @BeforeAll
  static void start() {
    server = TestServer.start(dir);
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

  /** One event as it stands between two empty lines. */
  private record Event(String name, String id, String data) {}

  private static final class Reader implements AutoCloseable {
    private final Stream<String> stream;
    private final Iterator<String> lines;

    Reader(TestRequest request) {
      stream = request.lines();
      lines = stream.iterator();
    }

    /** The next event; null at the end of the stream. */
    Event next() {
      String name = null;
      String id = null;
      String data = null;
      while (lines.hasNext()) {
        String line = lines.next();
        if (line.isEmpty() && name != null) {
          return new Event(name, id, data);
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        }
      }
      return null;
    }

    List<Event> rest() {
      List<Event> all = new ArrayList<>();
      for (Event event = next(); event != null; event = next()) {
        all.add(event);
      }
      return all;
    }

    @Override
    public void close() {
      stream.close();
    }
  }

  private Reader follow(long runId) {
    return new Reader(fixture.asTeam("GET", "/runs/" + runId + "/events"));
  }

  private static String lines(long from, long to) {
    return LongStream.rangeClosed(from, to)
        .mapToObj(seq -> RunFixture.line(seq, "line " + seq))
        .collect(Collectors.joining(","));
  }

  private static List<String> ids(List<Event> events) {
    return events.stream().filter(event -> event.name().equals("log")).map(Event::id).toList();
  }

  @Test
  void a_run_is_told_from_its_queue_to_its_end_and_the_end_is_last() {
    long runId = fixture.queue("");
    try (Reader reader = follow(runId)) {
      assertThat(reader.next().data()).contains("\"status\":\"queued\"");

      Lease lease = fixture.lease();
      assertThat(reader.next().data()).contains("\"status\":\"leased\"");
      lease.start();
      assertThat(reader.next().data()).contains("\"status\":\"running\"");
      lease.logs(RunFixture.line(1, "one"));
      Event line = reader.next();
      lease.result("completed");
      List<Event> rest = reader.rest();

      assertThat(line).isEqualTo(new Event("log", "1.1", line.data()));
      assertThat(line.data()).contains("\"line\":\"one\"").contains("\"attempt_no\":1");
      assertThat(rest).extracting(Event::name).containsExactly("run", "end");
      assertThat(rest.get(0).data()).contains("\"status\":\"completed\"");
    }
  }

  @Test
  void a_finished_run_is_told_whole_and_the_stream_ends() {
    Lease lease = fixture.leased();
    lease.logs(lines(1, 1_000));
    lease.logs(lines(1_001, 1_700));
    lease.result("failed");

    try (Reader reader = follow(lease.runId())) {
      List<Event> all = reader.rest();

      assertThat(ids(all))
          .containsExactlyElementsOf(
              LongStream.rangeClosed(1, 1_700).mapToObj(seq -> "1." + seq).toList());
      assertThat(all.get(all.size() - 1).name()).isEqualTo("end");
    }
  }

  @Test
  void a_reader_resumes_after_the_last_event_it_has_seen() {
    Lease first = fixture.leased("\"max_retries\":1");
    first.logs(lines(1, 10));
    fixture.leaseGoesOver();
    fixture.reap();
    Lease second = fixture.lease();
    second.logs(lines(1, 3));
    second.result("completed");
    TestRequest resumed =
        fixture.asTeam("GET", "/runs/" + first.runId() + "/events").header("Last-Event-ID", "1.8");

    try (Reader reader = new Reader(resumed)) {
      assertThat(ids(reader.rest())).containsExactly("1.9", "1.10", "2.1", "2.2", "2.3");
    }
  }

  @Test
  void an_id_that_is_none_of_ours_is_refused() {
    long runId = fixture.queue("");

    assertThat(
            fixture
                .asTeam("GET", "/runs/" + runId + "/events")
                .header("Last-Event-ID", "yesterday")
                .send()
                .errorCode())
        .isEqualTo("invalid_request");
  }

  @Test
  void many_readers_need_no_thread_each() {
    long runId = fixture.queue("");
    int before = Thread.activeCount();
    List<Reader> readers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      readers.add(follow(runId));
    }
    readers.forEach(reader -> assertThat(reader.next().name()).isEqualTo("run"));

    // The client of this very process adds threads of its own, but not one for each stream.
    assertThat(Thread.activeCount() - before).isLessThan(50);
    fixture.cancel(runId);
    readers.forEach(
        reader -> assertThat(reader.rest()).extracting(Event::name).containsExactly("run", "end"));
  }

  @Test
  void a_team_hears_of_its_own_runs_only_and_a_member_of_no_runner() {
    RunFixture strangers = new RunFixture(server, "strangers");
    String member = server.newToken(fixture.team, "member");
    try (Reader reader = new Reader(server.get("/api/v1/events").token(member))) {
      assertThat(reader.next().name()).isEqualTo("hello");

      strangers.queue("");
      server.runner("newcomer", 1);
      long runId = fixture.queue("");

      Event heard = reader.next();
      assertThat(heard.name()).isEqualTo("run");
      assertThat(heard.data()).contains("\"run_id\":" + runId + ",");
    }
    strangers.clear();
  }

  @Test
  void an_admin_hears_of_runners() {
    try (Reader reader = new Reader(fixture.asTeam("GET", "/events"))) {
      assertThat(reader.next().name()).isEqualTo("hello");

      server.runner("newcomer", 1);

      Event heard = reader.next();
      assertThat(heard.name()).isEqualTo("runner");
      assertThat(heard.data()).contains("\"name\":\"newcomer\"");
    }
  }
}
