package dev.minitower.runner.loop;

import dev.minitower.model.api.LeaseResponse;
import dev.minitower.model.lifecycle.EndReason;
import dev.minitower.runner.client.Answer;
import dev.minitower.runner.client.Backoff;
import dev.minitower.runner.client.ControlPlane;
import dev.minitower.runner.client.ControlPlaneException;
import dev.minitower.runner.client.LeaseKey;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the control plane for a run, and copes with every other answer. Used by one thread. */
final class WorkFinder {
  private static final System.Logger LOG = System.getLogger(WorkFinder.class.getName());
  private static final Duration LONG_POLL = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  private final ControlPlane controlPlane;
  private final Registration registration;
  private final LeaseTokens tokens;
  private final Duration pollInterval;
  private final Backoff backoff = new Backoff(LONGEST_PAUSE);
  private @Nullable String unanswered;

  WorkFinder(
      ControlPlane controlPlane,
      Registration registration,
      LeaseTokens tokens,
      Duration pollInterval) {
    this.controlPlane = controlPlane;
    this.registration = registration;
    this.tokens = tokens;
    this.pollInterval = pollInterval;
  }

  /** One question; empty if there is no work, or if the question has to be asked again. */
  Optional<Answer<LeaseResponse>> find() throws RunnerStoppedException, InterruptedException {
    try {
      String token = tokens.next();
      return ask(token);
    } catch (IOException e) {
      LOG.log(Level.ERROR, "no leasing while the disk can't be written: " + e);
      Thread.sleep(backoff.next().toMillis());
      return Optional.empty();
    }
  }

  private Optional<Answer<LeaseResponse>> ask(String token)
      throws RunnerStoppedException, InterruptedException {
    Duration wait = tokens.isFirstQuestion(token) ? Duration.ZERO : LONG_POLL;
    long asked = System.nanoTime();
    try {
      unanswered = token;
      Optional<Answer<LeaseResponse>> leased = controlPlane.lease(token, wait);
      unanswered = null;
      backoff.reset();
      if (leased.isPresent()) {
        settle(token, leased.get().body());
      } else if (!wait.isZero()) {
        keepInterval(asked);
      }
      return leased;
    } catch (ControlPlaneException e) {
      cope(e, token);
      return Optional.empty();
    }
  }

  /**
   * A question that was broken off may have been given a run. It is handed back, or it would wait
   * for the end of its lease. Without an answer, or with none to give, the token stays on disk for
   * the next start: the server may still be giving a run to the broken question.
   */
  void handBackUnanswered() throws InterruptedException {
    String token = unanswered;
    if (token == null) {
      return;
    }
    try {
      Optional<Answer<LeaseResponse>> leased = controlPlane.lease(token, Duration.ZERO);
      if (leased.isPresent()) {
        LeaseResponse run = leased.get().body();
        controlPlane.release(
            new LeaseKey(run.runId(), run.leaseToken()),
            EndReason.RUNNER_SHUTDOWN.message("the runner is shutting down"));
        tokens.dropped(token);
      }
    } catch (ControlPlaneException e) {
      LOG.log(Level.DEBUG, "left for the next start: {0}", e.getMessage());
    }
  }

  /** An old server makes its own token, and ours stands for nothing. */
  private void settle(String token, LeaseResponse leased) {
    if (leased.leaseToken().equals(token)) {
      tokens.taken(token);
    } else {
      tokens.dropped(token);
    }
  }

  /** A server that doesn't know how to wait, or is about to stop, answers at once. */
  private void keepInterval(long askedNanos) throws InterruptedException {
    long early = pollInterval.toNanos() - (System.nanoTime() - askedNanos);
    if (early > 0) {
      Thread.sleep(Duration.ofNanos(early).toMillis());
    }
  }

  private void cope(ControlPlaneException e, String token)
      throws RunnerStoppedException, InterruptedException {
    switch (e.kind()) {
      case GONE -> tokens.dropped(token);
      case UNAUTHORIZED -> {
        LOG.log(Level.WARNING, "the runner''s token is no longer good, registering again");
        registration.register();
      }
      case REPEAT -> pause(Level.WARNING, "no answer to the question for work", e);
      case CONFLICT -> pause(Level.WARNING, "the server sees all slots of this runner in use", e);
      case REFUSED -> pause(Level.ERROR, "the server doesn't understand the question for work", e);
    }
  }

  private void pause(Level level, String what, ControlPlaneException e)
      throws InterruptedException {
    LOG.log(level, what + ": " + e.getMessage());
    Thread.sleep(backoff.next().toMillis());
  }
}
