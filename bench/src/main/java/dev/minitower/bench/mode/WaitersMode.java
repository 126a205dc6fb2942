package dev.minitower.bench.mode;

import dev.minitower.bench.load.Waiters;
import dev.minitower.bench.measure.JavaHeap;
import dev.minitower.bench.measure.ProcessUsage;
import dev.minitower.bench.measure.Report;
import dev.minitower.bench.server.Target;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What it costs the server that many wait, and whether each gets what it waits for. */
@Command(
    name = "waiters",
    description = "long polls and event streams that wait: threads and memory of each",
    mixinStandardHelpOptions = true)
public final class WaitersMode extends Mode {
  @Option(names = "--polls", paramLabel = "N", description = "default: ${DEFAULT-VALUE}")
  int polls = 1000;

  @Option(names = "--streams", paramLabel = "N", description = "default: ${DEFAULT-VALUE}")
  int streams = 500;

  private record Sample(long threads, double residentKib, OptionalLong heapKib) {}

  @Override
  Report measure(Target target) throws IOException, InterruptedException {
    var report = new Report("waiters");
    try (var waiters = new Waiters(target)) {
      waiters.prepare(polls, streams);
      @Nullable Sample before = sample(target);
      waiters.openStreams();
      @Nullable Sample withStreams = sample(target);
      waiters.openPolls();
      waiters.awaitParked();
      @Nullable Sample withAll = sample(target);
      if (before != null && withStreams != null && withAll != null) {
        report.put("threads_before", before.threads());
        report.put("threads_waiting", withAll.threads());
        double more = withAll.threads() - before.threads();
        report.put("threads_per_waiter", more / (streams + polls));
        perWaiter("stream", streams, before, withStreams, report);
        perWaiter("poll", polls, withStreams, withAll, report);
        perWaiter("waiter", streams + polls, before, withAll, report);
      }
      waiters.wakePolls();
      waiters.endStreams();
      waiters.verdict().forEach(report::violated);
    }
    report.put("polls", polls);
    report.put("streams", streams);
    return report;
  }

  private static void perWaiter(String name, int count, Sample from, Sample to, Report report) {
    report.put("rss_kib_per_" + name, (to.residentKib() - from.residentKib()) / count);
    if (from.heapKib().isPresent() && to.heapKib().isPresent()) {
      double heap = to.heapKib().getAsLong() - from.heapKib().getAsLong();
      report.put("heap_kib_per_" + name, heap / count);
    }
  }

  /** Null if the server's process is not known. */
  private @Nullable Sample sample(Target target) throws IOException, InterruptedException {
    if (target.pid().isEmpty()) {
      return null;
    }
    long pid = target.pid().get();
    OptionalLong heap = new JavaHeap(targetOptions.tool("jcmd"), pid).liveKib();
    ProcessUsage usage = ProcessUsage.of(pid);
    return new Sample(usage.threads(), usage.residentKib(), heap);
  }
}
