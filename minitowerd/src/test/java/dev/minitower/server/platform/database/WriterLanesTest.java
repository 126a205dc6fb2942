package dev.minitower.server.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who comes first when many wait for the writer; told by the order of service, not by time. */
class WriterLanesTest {
  private static final Duration FOR_EVER = Duration.ofHours(1);

  @TempDir Path folder;
  private final List<String> served = new ArrayList<>();
  private final List<CompletableFuture<Boolean>> answers = new ArrayList<>();
  private TestDatabase db;
  private GroupCommitWriter writer;

  @BeforeEach
  void open() {
    db = new TestDatabase(folder).withNumbers();
    writer = db.writer;
  }

  @AfterEach
  void close() {
    db.close();
  }

  private void ordinary(int units) {
    IntStream.range(0, units).forEach(i -> answers.add(writer.submit(() -> served.add("log"))));
  }

  private void urgent(int units) {
    IntStream.range(0, units)
        .forEach(i -> answers.add(writer.submitUrgently(() -> served.add("heartbeat"))));
  }

  private void letGo(TestDatabase.Gate gate) {
    gate.open();
    answers.forEach(CompletableFuture::join);
  }

  @Test
  void what_is_urgent_goes_before_ordinary_work_that_has_waited_longer() {
    TestDatabase.Gate gate = db.busyWriter();
    ordinary(2);
    urgent(2);
    letGo(gate);

    assertThat(served).containsExactly("heartbeat", "heartbeat", "log", "log");
  }

  @Test
  void in_a_log_storm_a_crowd_of_heartbeats_waits_for_few_of_the_logs() {
    TestDatabase.Gate gate = db.busyWriter();
    ordinary(2_000);
    urgent(100);
    letGo(gate);

    assertThat(served).hasSize(2_100);
    assertThat(served.lastIndexOf("heartbeat")).isEqualTo(123);
  }

  @Test
  void however_much_is_urgent_every_fifth_unit_is_ordinary_while_one_waits() {
    TestDatabase.Gate gate = db.busyWriter();
    urgent(2_000);
    ordinary(10);
    letGo(gate);

    assertThat(IntStream.range(0, served.size()).filter(i -> served.get(i).equals("log")).boxed())
        .containsExactly(4, 9, 14, 19, 24, 29, 34, 39, 44, 49);
  }

  @Test
  void each_lane_is_served_in_the_order_of_arrival_and_hooks_in_the_order_of_service() {
    List<Integer> ran = new ArrayList<>();
    List<Integer> heard = new ArrayList<>();
    TestDatabase.Gate gate = db.busyWriter();

    for (int n = 1; n <= 700; n++) {
      int number = n;
      answers.add(
          writer.submit(
              () -> {
                writer.afterCommit(() -> heard.add(number));
                return ran.add(number);
              }));
    }
    letGo(gate);

    assertThat(ran).isEqualTo(IntStream.rangeClosed(1, 700).boxed().toList());
    assertThat(heard).isEqualTo(ran);
  }

  @Test
  void a_lane_that_is_full_refuses_and_counts_it_and_leaves_the_other_open() {
    TestDatabase.Gate gate = db.busyWriter();
    ordinary(UnitQueue.LANE_CAPACITY);

    assertThatThrownBy(() -> db.transactions.write(() -> db.insert(1)))
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining("too much");
    urgent(1);
    assertThat(db.meters.get("minitower_units_waiting").gauge().value())
        .isEqualTo(UnitQueue.LANE_CAPACITY + 1);
    letGo(gate);

    assertThat(served).hasSize(UnitQueue.LANE_CAPACITY + 1).startsWith("heartbeat");
    assertThat(db.meters.get("minitower_units_refused").counter().count()).isEqualTo(1);
    assertThat(db.meters.get("minitower_units_waiting").gauge().value()).isZero();
    assertThat(db.stored()).isEmpty();
  }

  @Test
  void a_patient_unit_shares_the_commit_of_whatever_is_written_next() {
    int before = db.commits();
    CompletableFuture<Integer> patient = writer.submitPatiently(FOR_EVER, () -> db.insert(1));

    assertThat(db.transactions.write(() -> db.insert(2))).isEqualTo(1);

    assertThat(patient.join()).isEqualTo(1);
    assertThat(db.stored()).containsExactly(1, 2);
    assertThat(db.commits() - before).isEqualTo(1);
  }

  @Test
  void a_patient_unit_has_a_commit_of_its_own_once_its_patience_is_over() {
    CompletableFuture<Integer> later = writer.submitPatiently(FOR_EVER, () -> db.insert(1));
    CompletableFuture<Integer> soon =
        writer.submitPatiently(Duration.ofMillis(20), () -> db.insert(2));

    assertThat(soon.join()).isEqualTo(1);
    assertThat(later.join()).isEqualTo(1);
  }

  @Test
  void a_patient_unit_is_committed_at_the_stop() {
    CompletableFuture<Integer> patient = writer.submitPatiently(FOR_EVER, () -> db.insert(1));

    db.transactions.close();

    assertThat(patient.join()).isEqualTo(1);
    assertThat(db.stored()).containsExactly(1);
  }

  private static Thread.State stateOfWriter() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("writer"))
        .map(Thread::getState)
        .findAny()
        .orElseThrow();
  }

  @Test
  void the_writer_sleeps_without_a_timer_while_nothing_waits() {
    assertThat(db.transactions.write(() -> db.insert(1))).isEqualTo(1);

    await().until(() -> stateOfWriter() == Thread.State.WAITING);

    assertThat(db.transactions.write(() -> db.insert(2))).isEqualTo(1);
  }
}
