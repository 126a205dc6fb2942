package dev.minitower.server;

import dev.minitower.server.platform.web.JsonConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks HTTP as anybody would: paths, tokens, JSON texts. */
public final class ApiClient {
  private static final JsonMapper JSON = JsonConfiguration.mapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final URI server;
  private final @Nullable String token;
  private final Map<String, String> headers;

  ApiClient(URI server, @Nullable String token) {
    this(server, token, Map.of());
  }

  private ApiClient(URI server, @Nullable String token, Map<String, String> headers) {
    this.server = server;
    this.token = token;
    this.headers = headers;
  }

  public ApiClient withToken(String newToken) {
    return new ApiClient(server, newToken, headers);
  }

  public ApiClient withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ApiClient(server, token, more);
  }

  /** As the holder of this lease. */
  public ApiClient withLease(String leaseToken) {
    return withHeader("X-Lease-Token", leaseToken);
  }

  public String token() {
    return token;
  }

  /** An answer: its status, its headers, its body as text and as JSON. */
  public record Answer(int status, java.net.http.HttpHeaders headers, byte[] bytes) {
    public JsonNode json() {
      return JSON.readTree(bytes);
    }

    public String body() {
      return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }

    public String text(String field) {
      return json().get(field).asString();
    }

    public long number(String field) {
      return json().get(field).asLong();
    }

    public String errorCode() {
      return json().at("/error/code").asString();
    }

    public @Nullable String header(String name) {
      return headers.firstValue(name).orElse(null);
    }
  }

  public Answer get(String path) {
    return send("GET", path, null, BodyPublishers.noBody());
  }

  public Answer delete(String path) {
    return send("DELETE", path, null, BodyPublishers.noBody());
  }

  public Answer post(String path) {
    return send("POST", path, null, BodyPublishers.noBody());
  }

  public Answer post(String path, String json) {
    return send("POST", path, "application/json", BodyPublishers.ofString(json));
  }

  public Answer patch(String path, String json) {
    return send("PATCH", path, "application/json", BodyPublishers.ofString(json));
  }

  public Answer send(
      String method, String path, @Nullable String contentType, BodyPublisher body) {
    try {
      return answer(HTTP.send(request(method, path, contentType, body), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public CompletableFuture<Answer> postLater(String path, String json) {
    return HTTP.sendAsync(
            request("POST", path, "application/json", BodyPublishers.ofString(json)),
            BodyHandlers.ofByteArray())
        .thenApply(ApiClient::answer);
  }

  /** The answer's lines as they come; for event streams. */
  public HttpResponse<java.util.stream.Stream<String>> lines(String path) {
    try {
      return HTTP.send(
          request("GET", path, null, BodyPublishers.noBody()), BodyHandlers.ofLines());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest request(
      String method, String path, @Nullable String contentType, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path)).timeout(TIMEOUT).method(method, body);
    if (contentType != null) {
      request.header("Content-Type", contentType);
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    headers.forEach(request::header);
    return request.build();
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  /** Uploads an artifact as the multipart form that the contract has. */
  public Answer upload(String path, byte[] artifact) {
    String boundary = "minitower-test-boundary";
    String head =
        "--%s\r\nContent-Disposition: form-data; name=\"artifact\"; filename=\"a.tar.gz\"\r\n"
                .formatted(boundary)
            + "Content-Type: application/gzip\r\n\r\n";
    BodyPublisher body =
        BodyPublishers.concat(
            BodyPublishers.ofString(head),
            BodyPublishers.ofByteArray(artifact),
            BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
    return send("POST", path, "multipart/form-data; boundary=" + boundary, body);
  }
}
