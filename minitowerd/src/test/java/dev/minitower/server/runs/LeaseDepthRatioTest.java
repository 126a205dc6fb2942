package dev.minitower.server.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.bench.seed.SeedPlan;
import dev.minitower.bench.seed.Seeded;
import dev.minitower.server.SeededHistory;
import dev.minitower.server.TestClock;
import dev.minitower.server.TestServer;
import dev.minitower.server.platform.auth.RunnerAuthenticator;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A guard of speed: what a lease costs must not depend on how many runs wait, as a ratio within one
 * run. Times by themselves say more of the machine than of the server.
 *
 * @see dev.minitower.server.StatementCountsTest
 */
class LeaseDepthRatioTest {
  private static final String ENVIRONMENT = "deep";
  private static final int FEW = 100;
  private static final int MANY = 100_000;
  private static final int WARM_UP = 2;
  private static final int ROUNDS = 8;
  private static final int LEASES_A_ROUND = 10;

  /** The target for 1,000,000 against 1,000. Without the index of the queue it is over 20. */
  private static final double MOST = 3;

  @Test
  void a_lease_costs_hardly_more_with_100_000_runs_waiting_than_with_100(
      @TempDir Path shallow, @TempDir Path deep) {
    fill(shallow, FEW);
    fill(deep, MANY);
    long[] ofFew = new long[ROUNDS];
    long[] ofMany = new long[ROUNDS];

    try (TestServer one = TestServer.start(shallow);
        TestServer other = TestServer.start(deep)) {
      Runner few = new Runner(one);
      Runner many = new Runner(other);
      for (int i = -WARM_UP; i < ROUNDS; i++) {
        ofFew[Math.max(i, 0)] = few.leaseSome();
        ofMany[Math.max(i, 0)] = many.leaseSome();
      }
    }

    assertThat(median(ofMany) / median(ofFew))
        .as("median with many waiting / with few")
        .isLessThanOrEqualTo(MOST);
  }

  private static void fill(Path folder, int queued) {
    SeedPlan plan = SeedPlan.of(0, TestClock.START).withTeams(1, 1);
    Seeded unused = SeededHistory.fill(folder, plan.withQueued(ENVIRONMENT, queued));
  }

  private static double median(long[] nanos) {
    return Arrays.stream(nanos).sorted().skip(nanos.length / 2).findFirst().orElseThrow();
  }

  /** A new one that asks for the runs that wait. */
  private static final class Runner {
    private final LeaseService leases;
    private final LeaseService.Wish wish;

    Runner(TestServer server) {
      String registration =
          "{\"name\":\"asks\",\"environment\":\"%s\",\"max_concurrent\":%d}"
              .formatted(ENVIRONMENT, (WARM_UP + ROUNDS) * LEASES_A_ROUND);
      String token =
          server
              .post("/api/v1/runners/register")
              .token(TestServer.REGISTRATION_TOKEN)
              .json(registration)
              .send()
              .text("token");
      leases = server.bean(LeaseService.class);
      wish =
          new LeaseService.Wish(
              server.bean(RunnerAuthenticator.class).authenticate(token).orElseThrow(), null);
    }

    /**
     * Takes runs as so many polls at once do, which share their commits: what the disk takes would
     * hide the rest. The nanoseconds that it took.
     */
    long leaseSome() {
      long start = System.nanoTime();
      var all = Stream.generate(() -> leases.submit(wish)).limit(LEASES_A_ROUND).toList();
      all.forEach(answer -> assertThat(answer.join()).isPresent());
      return System.nanoTime() - start;
    }
  }
}
