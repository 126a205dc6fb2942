package dev.minitower.runner.logs;

import dev.minitower.model.api.LogLine;
import dev.minitower.runner.client.ControlPlaneException;
import dev.minitower.runner.client.RetryingControlPlane;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Delivers the lines of a spool in order, on a thread of its own. */
public final class LogSender {
  private final LogSpool spool;
  private final RetryingControlPlane controlPlane;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Thread thread;

  private LogSender(LogSpool spool, RetryingControlPlane controlPlane, String name) {
    this.spool = spool;
    this.controlPlane = controlPlane;
    this.thread = new Thread(this::deliver, name);
  }

  public static LogSender start(LogSpool spool, RetryingControlPlane controlPlane, String name) {
    var sender = new LogSender(spool, controlPlane, name);
    sender.thread.setDaemon(true);
    sender.thread.start();
    return sender;
  }

  /** Done when every line is accepted, or with the reason why no more will be. */
  public CompletableFuture<Void> done() {
    return done;
  }

  /** Waits until every line is accepted. */
  public void awaitDelivery() throws ControlPlaneException, IOException, InterruptedException {
    try {
      var unused = done.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ControlPlaneException refused) {
        throw refused;
      }
      throw new IOException("the log could not be delivered", e.getCause());
    }
  }

  public void stop() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }

  private void deliver() {
    try (var batches = LogBatches.of(spool)) {
      for (List<LogLine> batch = batches.take(); !batch.isEmpty(); batch = batches.take()) {
        controlPlane.logs(batch);
        batches.accepted();
      }
      var unused = done.complete(null);
    } catch (ControlPlaneException | IOException | InterruptedException | RuntimeException e) {
      var unused = done.completeExceptionally(e);
    }
  }
}
