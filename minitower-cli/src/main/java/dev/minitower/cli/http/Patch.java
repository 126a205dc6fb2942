package dev.minitower.cli.http;

import dev.minitower.cli.config.Connection;
import dev.minitower.cli.platform.CliException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * PATCH requests. {@link java.net.HttpURLConnection}, which starts in half the time, refuses to
 * send them.
 */
final class Patch {
  private final Connection connection;
  private final Duration connectTimeout;
  private final Duration answerTimeout;

  Patch(Connection connection, Duration connectTimeout, Duration answerTimeout) {
    this.connection = connection;
    this.connectTimeout = connectTimeout;
    this.answerTimeout = answerTimeout;
  }

  HttpResponse<String> send(ApiPath path, String json) throws IOException {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(connectTimeout)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    try {
      return client.send(request(path, json), BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (ConnectException failed) {
      throw inTheWordsOfOtherCalls(failed);
    } catch (HttpTimeoutException late) {
      throw new SocketTimeoutException(late.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CliException("interrupted");
    }
  }

  private HttpRequest request(ApiPath path, String json) {
    var request =
        HttpRequest.newBuilder(URI.create(connection.server().url() + path))
            .timeout(answerTimeout)
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .header("User-Agent", "minitower-cli")
            .method("PATCH", BodyPublishers.ofString(json));
    if (connection.token() != null) {
      request.header("Authorization", "Bearer " + connection.token());
    }
    return request.build();
  }

  private static IOException inTheWordsOfOtherCalls(ConnectException failed) {
    for (Throwable cause = failed.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return new UnknownHostException();
      }
    }
    return failed.getMessage() == null ? new ConnectException("connection refused") : failed;
  }
}
