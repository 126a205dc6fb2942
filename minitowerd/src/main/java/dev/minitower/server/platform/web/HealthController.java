package dev.minitower.server.platform.web;

import dev.minitower.model.api.StatusResponse;
import dev.minitower.server.platform.database.Transactions;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Whether the process lives, and whether it can do its work: it has been started and is not being
 * stopped, the database answers, and the last commit went through.
 */
@RestController
class HealthController implements SmartLifecycle {
  private final JdbcClient jdbc;
  private final Transactions transactions;
  private volatile boolean accepting;

  HealthController(JdbcClient jdbc, Transactions transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  @GetMapping(path = "/health", produces = MediaType.APPLICATION_JSON_VALUE)
  StatusResponse health() {
    return new StatusResponse("ok");
  }

  @GetMapping(path = "/ready", produces = MediaType.APPLICATION_JSON_VALUE)
  StatusResponse ready() {
    if (!accepting) {
      throw ApiException.unavailable("the server is starting or shutting down");
    }
    Integer answer = jdbc.sql("SELECT 1").query(Integer.class).single();
    if (!transactions.isHealthy()) {
      // Nobody else may be writing: an empty unit finds out whether it works again.
      answer = transactions.write(() -> 1);
    }
    return new StatusResponse(answer == 1 ? "ready" : "unavailable");
  }

  @Override
  public void start() {
    accepting = true;
  }

  /** First of all that stops, so that a load balancer looks elsewhere while requests end. */
  @Override
  public void stop() {
    accepting = false;
  }

  @Override
  public boolean isRunning() {
    return accepting;
  }
}
