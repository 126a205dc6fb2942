package dev.minitower.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.minitower.server.openapi.PublishedApi;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** One request of a test. */
public final class TestRequest {
  private static final String BOUNDARY = "boundary-of-the-tests";

  private final HttpClient client;
  private final String method;
  private final HttpRequest.Builder request;
  private HttpRequest.BodyPublisher body = BodyPublishers.noBody();

  TestRequest(HttpClient client, String method, URI uri) {
    this.client = client;
    this.method = method;
    this.request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60));
  }

  public TestRequest token(String token) {
    return header("Authorization", "Bearer " + token);
  }

  public TestRequest header(String name, String value) {
    var unused = request.header(name, value);
    return this;
  }

  public TestRequest json(String text) {
    body = BodyPublishers.ofString(text);
    return header("Content-Type", "application/json");
  }

  public TestRequest bytes(String contentType, byte[] bytes) {
    body = BodyPublishers.ofByteArray(bytes);
    return header("Content-Type", contentType);
  }

  /** The same without saying how long it is. */
  public TestRequest chunkedJson(String text) {
    body = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(text.getBytes(UTF_8)));
    return header("Content-Type", "application/json");
  }

  /** A form with one file. */
  public TestRequest file(String part, byte[] bytes) {
    String head =
        """
        --%s\r
        Content-Disposition: form-data; name="%s"; filename="artifact.tar.gz"\r
        Content-Type: application/gzip\r
        \r
        """
            .formatted(BOUNDARY, part);
    String tail = "\r\n--" + BOUNDARY + "--\r\n";
    body =
        BodyPublishers.concat(
            BodyPublishers.ofByteArray(head.getBytes(UTF_8)),
            BodyPublishers.ofByteArray(bytes),
            BodyPublishers.ofByteArray(tail.getBytes(UTF_8)));
    return header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
  }

  /** Sent now, answered some time. */
  public CompletableFuture<TestAnswer> sendLater() {
    return client
        .sendAsync(request.method(method, body).build(), HttpResponse.BodyHandlers.ofByteArray())
        .thenApply(TestAnswer::new);
  }

  /** An answer whose lines are read as they come; closing the stream hangs up. */
  public Stream<String> lines() {
    try {
      return client
          .send(request.method(method, body).build(), HttpResponse.BodyHandlers.ofLines())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Fails if the answer is not one that the published document of the API describes. */
  public TestAnswer send() {
    try {
      HttpRequest built = request.method(method, body).build();
      TestAnswer answer =
          new TestAnswer(client.send(built, HttpResponse.BodyHandlers.ofByteArray()));
      PublishedApi.check(method, built.uri(), answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
