package dev.minitower.cli.http;

import dev.minitower.cli.platform.CliException;
import dev.minitower.cli.platform.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A server's answer: the body as it came, and the tree of it for those who look inside. */
public record Answer(int status, String body) {

  public JsonNode json() {
    try {
      return Json.parse(body);
    } catch (JacksonException malformed) {
      throw new CliException(
          "the server's answer isn't JSON"
              + Json.position(malformed)
              + "; is the address that of a minitowerd?");
    }
  }
}
