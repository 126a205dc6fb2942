package dev.minitower.server.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.model.identity.TokenKind;
import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestServer;
import dev.minitower.server.runs.RunFixture.Lease;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * "What each runner call answers", cell by cell: every call in every state, with the right token,
 * asked twice, with a wrong token and by a wrong runner. A cell says the answer's status and the
 * attempt's status after it; {@code X} is a lease that is over and that nobody has noticed yet,
 * {@code XC} the same after a cancel.
 */
class LifecycleTableTest {
  private static final String TABLE =
      """
      call             | L             | R             | C              | X           | XC            | T=            | T≠            | E           | ∅
      start            | 200 running   | 200 running   | 200 cancelling | 410 expired | 410 cancelled | 410 completed | 410 failed    | 410 expired | 410 -
      heartbeat        | 200 leased    | 200 running   | 200 cancelling | 410 expired | 410 cancelled | 410 completed | 410 failed    | 410 expired | 410 -
      logs             | 200 leased    | 200 running   | 200 cancelling | 410 expired | 410 cancelled | 410 completed | 410 failed    | 410 expired | 410 -
      result completed | 200 completed | 200 completed | 409 cancelling | 410 expired | 410 cancelled | 200 completed | 409 failed    | 410 expired | 410 -
      result failed    | 200 failed    | 200 failed    | 409 cancelling | 410 expired | 410 cancelled | 200 failed    | 409 completed | 410 expired | 410 -
      result cancelled | 200 cancelled | 200 cancelled | 200 cancelled  | 410 expired | 410 cancelled | 200 cancelled | 409 completed | 410 expired | 410 -
      artifact         | 200 leased    | 200 running   | 200 cancelling | 410 expired | 410 cancelled | 410 completed | 410 failed    | 410 expired | 410 -
      release          | 200 expired   | 200 expired   | 200 cancelled  | 410 expired | 410 cancelled | 410 completed | 410 failed    | 410 expired | 410 -
      """;

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

  static Stream<Arguments> cells() {
    List<List<String>> rows =
        TABLE
            .lines()
            .map(line -> Arrays.stream(line.split("\\|")).map(String::trim).toList())
            .toList();
    List<Arguments> cells = new ArrayList<>();
    for (List<String> row : rows.subList(1, rows.size())) {
      for (int column = 1; column < row.size(); column++) {
        String[] expected = row.get(column).split(" ");
        cells.add(
            Arguments.of(
                row.get(0), rows.get(0).get(column), Integer.parseInt(expected[0]), expected[1]));
      }
    }
    return cells.stream();
  }

  @ParameterizedTest(name = "{0} in {1} answers {2} and leaves {3}")
  @MethodSource("cells")
  void every_call_answers_as_the_table_says(
      String call, String state, int expectedStatus, String attemptAfter) {
    Lease lease = in(state, call);

    TestAnswer answer = call(call, lease);

    assertThat(answer.status()).as(answer.body()).isEqualTo(expectedStatus);
    if (!attemptAfter.equals("-")) {
      assertThat(fixture.lastAttemptStatus(lease.runId())).isEqualTo(attemptAfter);
    }
    leaveNothingQueued(lease);
  }

  @ParameterizedTest(name = "{0} in {1} again")
  @MethodSource("cells")
  void every_call_converges_when_it_is_repeated(
      String call, String state, int expectedStatus, String attemptAfter) {
    Lease lease = in(state, call);
    call(call, lease);

    TestAnswer again = call(call, lease);

    boolean handedBack = call.equals("release") && expectedStatus == 200;
    assertThat(again.status()).as(again.body()).isEqualTo(handedBack ? 410 : expectedStatus);
    if (!attemptAfter.equals("-")) {
      assertThat(fixture.lastAttemptStatus(lease.runId())).isEqualTo(attemptAfter);
    }
    leaveNothingQueued(lease);
  }

  @ParameterizedTest(name = "{0} in {1} with a wrong token")
  @MethodSource("cells")
  void a_wrong_holder_learns_and_changes_nothing(
      String call, String state, int expectedStatus, String attemptAfter) {
    Lease lease = in(state, call);
    String before = fixture.run(lease.runId()).body();

    TestAnswer wrongToken = call(call, lease.withToken(TokenKind.LEASE.generate()));
    TestAnswer wrongRunner = call(call, lease.ofRunner(otherRunner()));

    assertThat(wrongToken.errorCode()).isEqualTo("gone");
    assertThat(wrongRunner.errorCode()).isEqualTo("gone");
    assertThat(fixture.run(lease.runId()).body()).isEqualTo(before);
    leaveNothingQueued(lease);
  }

  private static String otherRunner() {
    return server.runner("another", 1);
  }

  /** A lease in the state that a column names, as {@code call} would meet it. */
  private static Lease in(String state, String call) {
    Lease lease = fixture.leased();
    switch (state) {
      case "L" -> {}
      case "R" -> lease.start();
      case "C" -> {
        lease.start();
        fixture.cancel(lease.runId());
      }
      case "X" -> {
        lease.start();
        fixture.leaseGoesOver();
      }
      case "XC" -> {
        lease.start();
        fixture.cancel(lease.runId());
        fixture.leaseGoesOver();
      }
      case "T=" -> lease.result(call.startsWith("result") ? outcome(call) : "completed");
      case "T≠" ->
          lease.result(
              call.equals("result failed") || call.equals("result cancelled")
                  ? "completed"
                  : "failed");
      case "E" -> {
        fixture.leaseGoesOver();
        fixture.reap();
      }
      case "∅" -> {
        lease.result("completed");
        return lease.withToken(TokenKind.LEASE.generate());
      }
      default -> throw new IllegalArgumentException(state);
    }
    return lease;
  }

  private static TestAnswer call(String call, Lease lease) {
    if (call.startsWith("result")) {
      return lease.result(outcome(call));
    }
    return switch (call) {
      case "start" -> lease.start();
      case "heartbeat" -> lease.heartbeat();
      case "logs" -> lease.logs(RunFixture.line(1, "hello"));
      case "artifact" -> lease.call("GET", "artifact").send();
      case "release" -> lease.release();
      default -> throw new IllegalArgumentException(call);
    };
  }

  private static String outcome(String call) {
    return call.substring("result ".length());
  }

  private static void leaveNothingQueued(Lease lease) {
    if (fixture.status(lease.runId()).equals("queued")) {
      fixture.cancel(lease.runId());
    }
  }
}
