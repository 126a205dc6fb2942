package dev.minitower.runner.client;

import dev.minitower.model.api.LeaseStateResponse;
import dev.minitower.model.api.LogBatchRequest;
import dev.minitower.model.api.LogLine;
import dev.minitower.model.api.ResultRequest;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * The calls of one attempt, each repeated until it is answered or the lease is lost. All of them
 * are safe to repeat: a lost answer means "unknown", and asking again converges.
 *
 * <p>What they throw is final: {@link ControlPlaneException#endsLease()}, a conflict, or a refusal
 * that no repetition will change.
 */
public final class RetryingControlPlane {
  private static final System.Logger LOG = System.getLogger(RetryingControlPlane.class.getName());
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration ARTIFACT_PATIENCE = Duration.ofMinutes(2);
  private static final int OLD_SERVERS_BATCH = 100;

  private final ControlPlane controlPlane;
  private final LeaseKey key;
  private final BooleanSupplier leaseIsLost;
  private volatile boolean oldServer;

  public RetryingControlPlane(
      ControlPlane controlPlane, LeaseKey key, BooleanSupplier leaseIsLost) {
    this.controlPlane = controlPlane;
    this.key = key;
    this.leaseIsLost = leaseIsLost;
  }

  public Answer<LeaseStateResponse> start() throws ControlPlaneException, InterruptedException {
    return repeat(() -> controlPlane.start(key));
  }

  /**
   * Downloads the artifact. Given up after two minutes of failures: a file that can't be written
   * fails like a connection, and another runner may have the room.
   */
  public ArtifactFacts artifact(Path target, CompletableFuture<?> giveUp)
      throws ControlPlaneException, InterruptedException {
    long end = System.nanoTime() + ARTIFACT_PATIENCE.toNanos();
    return repeat(
        () -> controlPlane.artifact(key, target, giveUp),
        () -> giveUp.isDone() || System.nanoTime() - end > 0);
  }

  public void result(ResultRequest result) throws ControlPlaneException, InterruptedException {
    perform(() -> controlPlane.result(key, result));
  }

  public void release(String reason) throws ControlPlaneException, InterruptedException {
    perform(() -> controlPlane.release(key, reason));
  }

  /** Delivers lines in order; a server of the original protocol takes fewer at once and no gzip. */
  public void logs(List<LogLine> lines) throws ControlPlaneException, InterruptedException {
    if (!oldServer) {
      try {
        perform(() -> controlPlane.logs(key, new LogBatchRequest(lines), true));
        return;
      } catch (ControlPlaneException e) {
        if (e.kind() != ControlPlaneException.Kind.REFUSED) {
          throw e;
        }
        LOG.log(
            Level.WARNING,
            "log batch refused, going on with small ones {0}: {1}",
            key,
            e.getMessage());
        oldServer = true;
      }
    }
    for (int from = 0; from < lines.size(); from += OLD_SERVERS_BATCH) {
      int to = Math.min(from + OLD_SERVERS_BATCH, lines.size());
      var batch = new LogBatchRequest(lines.subList(from, to));
      perform(() -> controlPlane.logs(key, batch, false));
    }
  }

  private void perform(Action action) throws ControlPlaneException, InterruptedException {
    var unused =
        repeat(
            () -> {
              action.make();
              return Boolean.TRUE;
            });
  }

  private <T> T repeat(Call<T> call) throws ControlPlaneException, InterruptedException {
    return repeat(call, () -> false);
  }

  private <T> T repeat(Call<T> call, BooleanSupplier enough)
      throws ControlPlaneException, InterruptedException {
    var backoff = new Backoff(LONGEST_PAUSE);
    while (true) {
      if (leaseIsLost.getAsBoolean()) {
        throw new ControlPlaneException(
            ControlPlaneException.Kind.GONE, "the lease is lost", Duration.ZERO);
      }
      try {
        return call.make();
      } catch (ControlPlaneException e) {
        if (e.kind() != ControlPlaneException.Kind.REPEAT || enough.getAsBoolean()) {
          throw e;
        }
        LOG.log(Level.DEBUG, "call is repeated {0}: {1}", key, e.getMessage());
        Thread.sleep(backoff.next(e.retryAfter()).toMillis());
      }
    }
  }

  private interface Call<T> {
    T make() throws ControlPlaneException, InterruptedException;
  }

  private interface Action {
    void make() throws ControlPlaneException, InterruptedException;
  }
}
