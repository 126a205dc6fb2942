package dev.minitower.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.minitower.server.platform.web.JsonConfiguration;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the server answered. */
public record TestAnswer(HttpResponse<byte[]> response) {
  private static final JsonMapper JSON = JsonConfiguration.mapper();

  public int status() {
    return response.statusCode();
  }

  public byte[] bytes() {
    return response.body();
  }

  public String body() {
    return new String(response.body(), UTF_8);
  }

  public Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  public JsonNode json() {
    return JSON.readTree(response.body());
  }

  public String text(String field) {
    return json().required(field).asString();
  }

  public long number(String field) {
    return json().required(field).asLong();
  }

  /** The value of one field in each entry of a list. */
  public List<String> each(String list, String field) {
    return json().required(list).valueStream().map(one -> one.required(field).asString()).toList();
  }

  /** The code in the envelope of an error. */
  public String errorCode() {
    return json().required("error").required("code").asString();
  }

  public String errorMessage() {
    return json().required("error").required("message").asString();
  }

  /** The fields that an error puts at fault. */
  public List<String> fieldsAtFault() {
    return json()
        .required("error")
        .path("details")
        .valueStream()
        .map(one -> one.required("field").asString())
        .toList();
  }

  /** Shows what was answered where an assertion fails. */
  @Override
  public String toString() {
    return status() + " " + body();
  }
}
