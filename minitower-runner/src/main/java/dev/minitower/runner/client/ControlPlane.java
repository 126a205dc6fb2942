package dev.minitower.runner.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.minitower.model.api.ErrorResponse;
import dev.minitower.model.api.LeaseRequest;
import dev.minitower.model.api.LeaseResponse;
import dev.minitower.model.api.LeaseStateResponse;
import dev.minitower.model.api.LogBatchRequest;
import dev.minitower.model.api.RegisterRunnerRequest;
import dev.minitower.model.api.RegisteredRunnerResponse;
import dev.minitower.model.api.ReleaseRequest;
import dev.minitower.model.api.ResultRequest;
import dev.minitower.model.api.RunnerStateRequest;
import dev.minitower.model.api.StatusResponse;
import dev.minitower.runner.client.ControlPlaneException.Kind;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The control plane as a runner sees it: one method, one request. Every call has a time-out that
 * covers the whole answer. Safe for use by many threads.
 */
public final class ControlPlane {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final Duration LOG_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration ARTIFACT_TIMEOUT = Duration.ofMinutes(5);
  private static final int WORTH_COMPRESSING = 1024;

  private final String base;
  private final Exchange exchange;
  private final LongSupplier nanoTime;
  private final JsonMapper json =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();
  private volatile String runnerToken = "";

  /**
   * @param server where the control plane is, without a slash at the end
   * @param nanoTime the monotonic clock
   */
  public ControlPlane(URI server, LongSupplier nanoTime) {
    this.base = server + "/api/v1";
    this.exchange = new Exchange();
    this.nanoTime = nanoTime;
  }

  /** Registers this runner; the token it gets is used by all later calls. */
  public RegisteredRunnerResponse register(String registrationToken, RegisterRunnerRequest request)
      throws ControlPlaneException, InterruptedException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(base + "/runners/register"))
            .header("Authorization", "Bearer " + registrationToken);
    var answer = send(withJson(builder, request), TIMEOUT);
    RegisteredRunnerResponse registered = read(answer, RegisteredRunnerResponse.class);
    runnerToken = registered.token();
    return registered;
  }

  /** Asks for a run under a token of the runner's own; empty when there is none. */
  public Optional<Answer<LeaseResponse>> lease(String leaseToken, Duration wait)
      throws ControlPlaneException, InterruptedException {
    String query = wait.isZero() ? "" : "?wait=" + wait.toSeconds();
    HttpRequest.Builder builder = withRunnerToken("/runs/lease" + query);
    long sent = nanoTime.getAsLong();
    var answer = send(withJson(builder, new LeaseRequest(leaseToken)), wait.plus(TIMEOUT));
    return answer.statusCode() == 204
        ? Optional.empty()
        : Optional.of(new Answer<>(read(answer, LeaseResponse.class), sent));
  }

  public Answer<LeaseStateResponse> start(LeaseKey key)
      throws ControlPlaneException, InterruptedException {
    return leaseState(key, "start", TIMEOUT);
  }

  public Answer<LeaseStateResponse> heartbeat(LeaseKey key, Duration timeout)
      throws ControlPlaneException, InterruptedException {
    return leaseState(key, "heartbeat", timeout);
  }

  /** Delivers lines; compressed only when asked to, because old servers can't read that. */
  public void logs(LeaseKey key, LogBatchRequest batch, boolean compressed)
      throws ControlPlaneException, InterruptedException {
    byte[] body = json.writeValueAsBytes(batch);
    HttpRequest.Builder builder = withLease(key, "logs").header("Content-Type", "application/json");
    if (compressed && body.length >= WORTH_COMPRESSING) {
      body = Gzip.compress(body);
      builder.header("Content-Encoding", "gzip");
    }
    acknowledged(send(builder.POST(BodyPublishers.ofByteArray(body)).build(), LOG_TIMEOUT));
  }

  public void result(LeaseKey key, ResultRequest result)
      throws ControlPlaneException, InterruptedException {
    acknowledged(send(withJson(withLease(key, "result"), result), TIMEOUT));
  }

  /** Says what this runner is doing. A server of the original protocol refuses it. */
  public void state(RunnerStateRequest state) throws ControlPlaneException, InterruptedException {
    var unused = send(withJson(withRunnerToken("/runners/state"), state), TIMEOUT);
  }

  public void release(LeaseKey key, String reason)
      throws ControlPlaneException, InterruptedException {
    acknowledged(send(withJson(withLease(key, "release"), new ReleaseRequest(reason)), TIMEOUT));
  }

  /**
   * Writes the run's artifact to a file.
   *
   * @param giveUp ends the download as soon as it is done itself
   */
  public ArtifactFacts artifact(LeaseKey key, Path target, CompletableFuture<?> giveUp)
      throws ControlPlaneException, InterruptedException {
    HttpRequest request = withLease(key, "artifact").GET().build();
    HttpResponse.BodyHandler<byte[]> toFile =
        info ->
            info.statusCode() == 200
                ? BodySubscribers.mapping(
                    BodySubscribers.ofFile(target, CREATE, WRITE, TRUNCATE_EXISTING),
                    file -> new byte[0])
                : BodySubscribers.ofByteArray();
    var answer = checked(request, exchange.make(request, toFile, ARTIFACT_TIMEOUT, giveUp));
    var headers = answer.headers();
    return new ArtifactFacts(
        headers.firstValue("X-Artifact-SHA256").orElse(null),
        importPaths(headers.firstValue("X-Import-Paths").orElse("[]")));
  }

  private List<String> importPaths(String header) throws ControlPlaneException {
    try {
      return json.readValue(header, new TypeReference<List<String>>() {});
    } catch (JacksonException e) {
      throw new ControlPlaneException("X-Import-Paths of the artifact is not a JSON list", e);
    }
  }

  private Answer<LeaseStateResponse> leaseState(LeaseKey key, String call, Duration timeout)
      throws ControlPlaneException, InterruptedException {
    HttpRequest request = withLease(key, call).POST(BodyPublishers.noBody()).build();
    long sent = nanoTime.getAsLong();
    return new Answer<>(read(send(request, timeout), LeaseStateResponse.class), sent);
  }

  private HttpRequest.Builder withRunnerToken(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .header("Authorization", "Bearer " + runnerToken);
  }

  private HttpRequest.Builder withLease(LeaseKey key, String call) {
    return withRunnerToken("/runs/" + key.runId() + "/" + call)
        .header("X-Lease-Token", key.leaseToken());
  }

  private HttpRequest withJson(HttpRequest.Builder builder, Object body) {
    return builder
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
        .build();
  }

  private HttpResponse<byte[]> send(HttpRequest request, Duration timeout)
      throws ControlPlaneException, InterruptedException {
    var never = new CompletableFuture<Void>();
    return checked(request, exchange.make(request, BodyHandlers.ofByteArray(), timeout, never));
  }

  private HttpResponse<byte[]> checked(HttpRequest request, HttpResponse<byte[]> answer)
      throws ControlPlaneException {
    int status = answer.statusCode();
    if (status >= 200 && status < 300) {
      return answer;
    }
    String path = request.uri().getPath();
    String message = "%s answered %d%s".formatted(path, status, reason(answer.body()));
    throw new ControlPlaneException(Kind.ofStatus(status), message, RetryAfter.of(answer));
  }

  /** What a proxy says in the server's place is no word that anything has been kept. */
  private void acknowledged(HttpResponse<byte[]> answer) throws ControlPlaneException {
    var unused = read(answer, StatusResponse.class);
  }

  private <T> T read(HttpResponse<byte[]> answer, Class<T> type) throws ControlPlaneException {
    @Nullable T body = null;
    try {
      body = json.readValue(answer.body(), type);
    } catch (JacksonException e) {
      throw new ControlPlaneException(answer.uri().getPath() + " answered no valid JSON", e);
    }
    if (body == null) {
      throw new ControlPlaneException(Kind.REPEAT, "empty answer", Duration.ZERO);
    }
    return body;
  }

  /** The server's own sentence, or the beginning of whatever a proxy has put in its place. */
  private String reason(byte[] body) {
    try {
      ErrorResponse error = json.readValue(body, ErrorResponse.class);
      return ": " + error.error().message();
    } catch (JacksonException | NullPointerException e) {
      String text = new String(body, 0, Math.min(body.length, 200), UTF_8).strip();
      return text.isEmpty() ? "" : ": " + text.replaceAll("\\s+", " ");
    }
  }
}
