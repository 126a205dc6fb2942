package dev.minitower.runner.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each test runs at every level of confinement that this machine has. */
class SupervisorTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT_GRACE = Duration.ofMillis(300);

  private final String mark = "TEST_MARK=" + UUID.randomUUID();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final LineSink output = new LineSink((stream, line) -> lines.add(stream + " " + line));
  private final StopSignal stop = new StopSignal();

  @TempDir Path folder;

  static Stream<Confinement> levels() throws InterruptedException {
    return Holds.available().stream()
        .map(hold -> new Confinement(hold, Isolation.PROCESS, Limits.NONE, ""));
  }

  @ParameterizedTest
  @MethodSource("levels")
  void exit_code_and_both_outputs_are_those_of_the_program(Confinement level) throws Exception {
    Exit exit = run(level, "echo out; echo err >&2; printf 'no end'; exit 7", LONG);

    assertThat(exit).isEqualTo(new Exit(7, null, false));
    assertThat(lines).containsExactlyInAnyOrder("STDOUT out", "STDERR err", "STDOUT no end");
  }

  @ParameterizedTest
  @MethodSource("levels")
  void program_that_a_signal_ends_has_128_and_the_signal_and_prints_nothing_more(Confinement level)
      throws Exception {
    Exit exit = run(level, "kill -s SEGV $$", LONG);

    assertThat(exit).isEqualTo(new Exit(139, null, false));
    assertThat(lines).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("levels")
  void files_of_a_program_are_closed_to_others(Confinement level) throws Exception {
    Exit exit = run(level, "umask", LONG);

    assertThat(exit.code()).isZero();
    assertThat(lines).containsExactly("STDOUT 0077");
  }

  @ParameterizedTest
  @MethodSource("levels")
  void standard_input_is_at_its_end(Confinement level) throws Exception {
    assertThat(run(level, "cat; echo done", LONG).code()).isZero();
    assertThat(lines).containsExactly("STDOUT done");
  }

  @ParameterizedTest
  @MethodSource("levels")
  void program_that_is_over_time_is_asked_to_end_and_may_clean_up(Confinement level)
      throws Exception {
    String script = "trap 'echo cleaned up; exit 5' TERM; while :; do sleep 0.02; done";

    Exit exit = supervisor(level, LONG).run(command(script, Duration.ofMillis(500)), output, stop);

    assertThat(exit).isEqualTo(new Exit(5, StopReason.TIMEOUT, false));
    assertThat(lines).contains("STDOUT cleaned up");
  }

  @ParameterizedTest
  @MethodSource("levels")
  void child_of_a_script_that_ends_at_once_has_the_grace_period_too(Confinement level)
      throws Exception {
    Path child =
        Files.writeString(
            folder.resolve("child.sh"),
            """
            trap 'sleep 0.3; echo child cleaned up; exit 0' TERM
            echo up
            while :; do sleep 0.02; done
            """);

    Exit exit = stopWhenUp(level, LONG, "/bin/sh " + child + "; echo not reached");

    assertThat(exit.stopped()).isEqualTo(StopReason.CANCELLED);
    assertThat(lines).contains("STDOUT child cleaned up").doesNotContain("STDOUT not reached");
  }

  @ParameterizedTest
  @MethodSource("levels")
  void program_that_ignores_the_request_is_killed_after_the_grace(Confinement level)
      throws Exception {
    long began = System.nanoTime();

    Exit exit =
        stopWhenUp(level, SHORT_GRACE, "trap '' TERM; echo up; while :; do sleep 0.02; done");

    assertThat(exit).isEqualTo(new Exit(137, StopReason.CANCELLED, false));
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(SHORT_GRACE);
    assertThat(Witness.countWith(mark)).isZero();
  }

  @ParameterizedTest
  @MethodSource("levels")
  void kill_does_not_wait_for_the_grace(Confinement level) throws Exception {
    var running = start(level, LONG, "trap '' TERM; echo up; while :; do sleep 0.02; done");
    await().until(() -> lines.contains("STDOUT up"));
    stop.stop(StopReason.CANCELLED);

    stop.kill(StopReason.LEASE_LOST);

    await().atMost(Duration.ofSeconds(5)).until(running::isDone);
    assertThat(running.join()).isEqualTo(new Exit(137, StopReason.LEASE_LOST, false));
  }

  @ParameterizedTest
  @MethodSource("levels")
  void no_way_out_of_the_tree_leads_to_a_process_that_stays(Confinement level) throws Exception {
    String script =
        """
        sleep 100 &
        sh -c 'sleep 100 & sleep 100' &
        setsid sh -c 'trap "" TERM; while :; do sleep 1; done' &
        setsid sh -c 'setsid sleep 100 & exit' &
        (setsid sh -c '(setsid sleep 100 &) &' &)
        trap '' TERM
        sleep 0.2
        echo up
        wait
        sleep 100
        """;

    Exit exit = stopWhenUp(level, SHORT_GRACE, script);

    assertThat(exit.stopped()).isEqualTo(StopReason.CANCELLED);
    assertThat(Witness.countWith(mark)).isZero();
  }

  @ParameterizedTest
  @MethodSource("levels")
  void what_a_program_leaves_behind_ends_with_it_and_does_not_hold_the_result_up(Confinement level)
      throws Exception {
    long began = System.nanoTime();

    Exit exit = run(level, "setsid sleep 100 & sleep 100 & echo done; exit 3", LONG);

    assertThat(exit).isEqualTo(new Exit(3, null, false));
    assertThat(lines).containsExactly("STDOUT done");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    assertThat(Witness.countWith(mark)).isZero();
  }

  @ParameterizedTest
  @MethodSource("levels")
  void program_that_forks_without_end_is_killed_all_the_same(Confinement level) throws Exception {
    String script = "echo up; while :; do (sleep 0.05 &) ; done";

    Exit exit = stopWhenUp(level, Duration.ofMillis(50), script);

    assertThat(exit.stopped()).isEqualTo(StopReason.CANCELLED);
    assertThat(Witness.countWith(mark)).isZero();
  }

  @ParameterizedTest
  @MethodSource("levels")
  void much_output_arrives_complete_and_in_order(Confinement level) throws Exception {
    Exit exit = run(level, "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo $i; done", LONG);

    assertThat(exit.code()).isZero();
    assertThat(lines).hasSize(20_000).startsWith("STDOUT 1").endsWith("STDOUT 20000");
  }

  @Test
  void program_that_can_not_be_started_leaves_no_control_group() throws Exception {
    Optional<Cgroups> groups = Cgroups.find();
    assumeTrue(groups.isPresent(), "no control group can be made here");
    var confinement =
        new Confinement(new CgroupHold(groups.get()), Isolation.PROCESS, Limits.NONE, "");
    String owner = UUID.randomUUID().toString();
    var tooLarge =
        new Command(
            List.of("true", "x".repeat(4 << 20)),
            Map.of("PATH", "/usr/bin:/bin"),
            folder,
            LONG,
            new Marker(owner, 1),
            new Access(List.of(folder), List.of(), false));

    assertThatThrownBy(() -> supervisor(confinement, LONG).run(tooLarge, output, stop))
        .isInstanceOf(IOException.class);

    assertThat(groups.get().of(owner)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("levels")
  void interrupted_supervisor_leaves_no_process(Confinement level) throws Exception {
    var thread =
        new Thread(
            () -> {
              try {
                var unused = run(level, "echo up; sleep 100", LONG);
              } catch (IOException | InterruptedException e) {
                lines.add("interrupted");
              }
            });
    thread.start();
    await().until(() -> lines.contains("STDOUT up"));

    thread.interrupt();
    thread.join();

    assertThat(lines).contains("interrupted");
    assertThat(Witness.countWith(mark)).isZero();
  }

  private Exit stopWhenUp(Confinement level, Duration grace, String script) {
    var running = start(level, grace, script);
    await().until(() -> lines.contains("STDOUT up"));
    stop.stop(StopReason.CANCELLED);
    return running.join();
  }

  private CompletableFuture<Exit> start(Confinement level, Duration grace, String script) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return supervisor(level, grace).run(command(script, LONG), output, stop);
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private Exit run(Confinement level, String script, Duration timeout)
      throws IOException, InterruptedException {
    Exit exit = supervisor(level, SHORT_GRACE).run(command(script, timeout), output, stop);
    output.end();
    return exit;
  }

  private static Supervisor supervisor(Confinement level, Duration grace) {
    return new Supervisor(level, grace);
  }

  private Command command(String script, Duration timeout) throws IOException {
    Path file = Files.writeString(folder.resolve("script.sh"), script);
    String[] markParts = mark.split("=", 2);
    return new Command(
        List.of("/bin/sh", file.toString()),
        Map.of("PATH", "/usr/bin:/bin", markParts[0], markParts[1]),
        folder,
        timeout,
        new Marker(UUID.randomUUID().toString(), 1),
        new Access(List.of(folder), List.of(), false));
  }
}
