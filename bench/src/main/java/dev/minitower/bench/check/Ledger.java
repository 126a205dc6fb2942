package dev.minitower.bench.check;

import dev.minitower.bench.protocol.ListedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What happened to every run, as its clients saw it, and at the end as the server tells it. The
 * runs have no retries and no lease ends by itself, so that a run is leased once or something is
 * wrong. For many threads.
 */
public final class Ledger {
  private static final int CREATED = 1;
  private static final int LEASED = 2;
  private static final int ENDED = 4;
  private static final int LISTED = 8;
  private static final int SHOWN = 20;

  private final Flags runs = new Flags();
  private final ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();
  private final AtomicInteger problemCount = new AtomicInteger();
  private final LongAdder created = new LongAdder();
  private final LongAdder leased = new LongAdder();
  private final LongAdder ended = new LongAdder();
  private final LongAdder unsure = new LongAdder();

  /** The server said that there is such a run. */
  public void created(long runId) {
    created.increment();
    if ((runs.set(runId, CREATED) & CREATED) != 0) {
      problem("run " + runId + " was created twice");
    }
  }

  /** A create had no answer: there may be one more run than is known. */
  public void createdPerhaps() {
    unsure.increment();
  }

  /** A runner got the run. It may be faster than the answer to the one who created it. */
  public void leased(long runId, int attemptNo) {
    leased.increment();
    int before = runs.set(runId, LEASED);
    if ((before & LEASED) != 0) {
      String when = (before & ENDED) != 0 ? "after its end" : "while another runner had it";
      problem("run " + runId + " was leased again " + when);
    }
    if (attemptNo != 1) {
      problem("run " + runId + " was leased as attempt " + attemptNo);
    }
  }

  /** The server took the result. */
  public void ended(long runId) {
    ended.increment();
    if ((runs.set(runId, ENDED) & ENDED) != 0) {
      problem("run " + runId + " ended twice");
    }
  }

  /** What the server says after everything. */
  public void listed(ListedRun run) {
    if ((runs.set(run.runId(), LISTED) & LISTED) != 0) {
      problem("run " + run.runId() + " is listed twice");
    }
    if (!run.status().equals("completed")) {
      problem("run " + run.runId() + " is " + run.status() + " at the end");
    }
    if (run.retryCount() != 0) {
      problem("run " + run.runId() + " was tried " + (run.retryCount() + 1) + " times");
    }
  }

  public void problem(String what) {
    if (problemCount.incrementAndGet() <= SHOWN) {
      var unused = problems.add(what);
    }
  }

  public long createdCount() {
    return created.sum();
  }

  public long leasedCount() {
    return leased.sum();
  }

  public long endedCount() {
    return ended.sum();
  }

  /** What is wrong, after all runs were {@link #listed}; empty if nothing is. */
  public List<String> verdict() {
    var foreign = new AtomicInteger();
    runs.forEach((runId, bits) -> judge(runId, bits, foreign));
    if (foreign.get() > unsure.sum()) {
      problem(foreign.get() + " runs that nobody here created, " + unsure.sum() + " may be ours");
    }
    var shown = new ArrayList<>(problems);
    if (problemCount.get() > SHOWN) {
      shown.add("and " + (problemCount.get() - SHOWN) + " more");
    }
    return shown;
  }

  private void judge(long runId, int bits, AtomicInteger foreign) {
    if ((bits & CREATED) == 0) {
      int unused = foreign.incrementAndGet();
    } else if ((bits & LEASED) == 0) {
      problem("run " + runId + " was created and never leased");
    } else if ((bits & ENDED) == 0) {
      problem("run " + runId + " was leased and its result never taken");
    } else if ((bits & LISTED) == 0) {
      problem("run " + runId + " was created, and is in no list");
    }
  }
}
