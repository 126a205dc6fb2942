package dev.minitower.bench.load;

import dev.minitower.bench.measure.ProcessUsage;
import dev.minitower.bench.server.Target;
import java.util.OptionalLong;

/** Time and CPU time from its making on. */
public final class Meter {
  private final Target target;
  private final long began;
  private final OptionalLong serverBefore;
  private final long clientBefore;

  public Meter(Target target) {
    this.target = target;
    this.serverBefore = serverCpu();
    this.clientBefore = ProcessUsage.ofThisProcess().cpuMicros();
    this.began = System.nanoTime();
  }

  private OptionalLong serverCpu() {
    return target.usage().stream().mapToLong(ProcessUsage::cpuMicros).findFirst();
  }

  public Reading read() {
    double seconds = (System.nanoTime() - began) / 1e9;
    long client = ProcessUsage.ofThisProcess().cpuMicros() - clientBefore;
    OptionalLong after = serverCpu();
    OptionalLong server =
        after.isPresent()
            ? OptionalLong.of(after.getAsLong() - serverBefore.orElseThrow())
            : OptionalLong.empty();
    return new Reading(seconds, server, client);
  }

  /** What was used; the server's CPU time only if its process is known. */
  public record Reading(double seconds, OptionalLong serverMicros, long clientMicros) {}
}
