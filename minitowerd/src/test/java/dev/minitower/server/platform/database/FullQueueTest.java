package dev.minitower.server.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestServer;
import dev.minitower.server.runs.RunFixture;
import dev.minitower.server.runs.RunFixture.Lease;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullQueueTest {
  @TempDir Path folder;

  @Test
  void a_server_with_too_much_to_write_says_503_but_ends_no_lease_for_it() {
    try (TestServer server = TestServer.start(folder)) {
      RunFixture fixture = new RunFixture(server);
      Lease lease = fixture.leased();
      Transactions transactions = server.bean(Transactions.class);
      CountDownLatch held = new CountDownLatch(1);
      CountDownLatch open = new CountDownLatch(1);
      CompletableFuture<Boolean> busy =
          transactions.submit(
              () -> {
                held.countDown();
                return TestDatabase.await(open);
              });
      var unused = TestDatabase.await(held);
      List<CompletableFuture<Integer>> storm =
          IntStream.range(0, UnitQueue.LANE_CAPACITY)
              .mapToObj(i -> transactions.submit(() -> 1))
              .toList();

      TestAnswer create = fixture.asTeam("POST", "/apps").json("{\"slug\":\"second\"}").send();
      CompletableFuture<TestAnswer> result =
          lease.call("POST", "result").json("{\"status\":\"completed\"}").sendLater();
      CompletableFuture<TestAnswer> logs =
          lease
              .call("POST", "logs")
              .json("{\"logs\":[" + RunFixture.line(1, "x") + "]}")
              .sendLater();

      assertThat(create.status()).isEqualTo(503);
      assertThat(create.errorCode()).isEqualTo("unavailable");
      assertThat(create.header("Retry-After")).hasValue("1");
      assertThat(logs.join().status()).isEqualTo(503);
      open.countDown();
      assertThat(result.join().status()).isEqualTo(200);
      assertThat(busy.join()).isTrue();
      assertThat(storm).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(1));
      assertThat(fixture.asTeam("POST", "/apps").json("{\"slug\":\"second\"}").send().status())
          .isEqualTo(201);
    }
  }
}
