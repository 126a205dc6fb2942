package dev.minitower.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The load generator against the real server: its checks pass. How fast it is says nothing here.
 */
class BenchIT {
  private static final Duration LONGEST = Duration.ofMinutes(3);

  private final Path folder;

  BenchIT() throws IOException {
    Path work = Path.of(System.getProperty("minitower.work", "target/it"));
    folder = Files.createDirectories(work.resolve("BenchIT").toAbsolutePath());
  }

  private JsonNode measure(String mode, String... options) {
    Path json = folder.resolve(mode + ".json");
    var args = new ArrayList<String>(List.of(mode));
    args.addAll(List.of("--server-jar", JarProcess.jar("minitowerd").toString()));
    args.addAll(List.of("--work-dir", folder.toString(), "--json", json.toString()));
    args.addAll(List.of(options));
    JarProcess bench = JarProcess.start("bench", folder, mode, Map.of(), args);

    int code = bench.awaitExit(LONGEST);

    assertThat(code).as(bench.out() + bench.err()).isZero();
    return new JsonMapper().readTree(json.toFile()).get("figures");
  }

  @Test
  void whole_cycles_with_logs_lose_nothing() {
    JsonNode figures =
        measure("steady", "--runners=4", "--log-lines=120", "--warm-up=1", "--seconds=2");

    assertThat(figures.get("cycles_per_second").asDouble()).isPositive();
    assertThat(figures.get("server_cpu_us_per_cycle").asDouble()).isPositive();
    assertThat(figures.get("errors").asInt()).isZero();
  }

  @Test
  void every_waiter_gets_what_it_waits_for() {
    JsonNode figures = measure("waiters", "--polls=30", "--streams=20");

    assertThat(figures.get("threads_waiting").asInt()).isPositive();
  }
}
