package dev.minitower.bench.load;

import dev.minitower.bench.measure.Call;
import dev.minitower.bench.protocol.TeamClient;
import dev.minitower.bench.protocol.UnexpectedAnswerException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates runs, one after the other, as long as the queue has room. */
final class Creator {
  private final CycleLoad load;

  Creator(CycleLoad load) {
    this.load = load;
  }

  void createUntilOver() throws InterruptedException {
    try (TeamClient team = load.target().team()) {
      while (load.isCreating()) {
        if (load.room().tryAcquire(50, TimeUnit.MILLISECONDS)) {
          create(team);
        }
      }
    } finally {
      load.creatorEnded();
    }
  }

  /** However full the queue is. */
  void createWhile(AtomicInteger left) throws InterruptedException {
    try (TeamClient team = load.target().team()) {
      while (left.getAndDecrement() > 0) {
        create(team);
      }
    }
  }

  private void create(TeamClient team) throws InterruptedException {
    long began = System.nanoTime();
    try {
      load.ledger().created(team.createRun(load.app()));
      load.timings().of(Call.CREATE).record(System.nanoTime() - began);
    } catch (UnexpectedAnswerException e) {
      load.error(e);
      Thread.sleep(100);
    } catch (IOException e) {
      load.ledger().createdPerhaps();
      load.error(e);
      Thread.sleep(100);
    }
  }
}
