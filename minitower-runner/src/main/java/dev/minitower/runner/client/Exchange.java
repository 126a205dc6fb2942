package dev.minitower.runner.client;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * One request and its whole answer within a time. The client's own time-out ends with the headers,
 * so that a body which stalls would hold its thread for ever.
 */
final class Exchange {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  <T> HttpResponse<T> make(
      HttpRequest request,
      HttpResponse.BodyHandler<T> handler,
      Duration timeout,
      CompletableFuture<?> giveUp)
      throws ControlPlaneException, InterruptedException {
    CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request, handler);
    var unused = giveUp.whenComplete((value, error) -> answer.cancel(true));
    try {
      return answer.get(timeout.toNanos(), NANOSECONDS);
    } catch (TimeoutException e) {
      throw new ControlPlaneException(what(request) + " was not answered in " + timeout, e);
    } catch (CancellationException e) {
      throw new ControlPlaneException(what(request) + " was given up", e);
    } catch (ExecutionException e) {
      throw new ControlPlaneException(what(request) + " failed: " + e.getCause(), e);
    } finally {
      answer.cancel(true);
    }
  }

  private static String what(HttpRequest request) {
    return request.method() + " " + request.uri().getPath();
  }
}
