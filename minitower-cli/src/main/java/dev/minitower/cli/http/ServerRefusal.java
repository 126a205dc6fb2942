package dev.minitower.cli.http;

import dev.minitower.cli.platform.CliException;
import dev.minitower.cli.platform.ExitCodes;
import dev.minitower.cli.platform.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The server answered, and the answer was no. */
public final class ServerRefusal extends CliException {
  private final int status;
  private final String code;

  private ServerRefusal(int status, String code, String message, List<String> details) {
    super(message, ExitCodes.ofHttpStatus(status), details);
    this.status = status;
    this.code = code;
  }

  /** Reads the error envelope; what has none is described by its status. */
  static ServerRefusal of(Answer answer, String call) {
    JsonNode error = envelope(answer.body());
    String message = Json.text(error, "message");
    if (message.isEmpty()) {
      return new ServerRefusal(answer.status(), "", plain(answer.status(), call), List.of());
    }
    String code = Json.text(error, "code");
    return new ServerRefusal(
        answer.status(), code, message + remedy(answer.status(), code), details(error));
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  /** The same call may succeed later: the server is overloaded, stopping, or a proxy lost it. */
  public boolean isTemporary() {
    return status == 429 || status >= 500;
  }

  private static JsonNode envelope(String body) {
    try {
      return Json.parse(body).path("error");
    } catch (JacksonException notOurEnvelope) {
      return Json.object();
    }
  }

  private static List<String> details(JsonNode error) {
    var details = new ArrayList<String>();
    for (JsonNode detail : error.path("details").values()) {
      details.add(Json.text(detail, "field") + ": " + Json.text(detail, "message"));
    }
    return details;
  }

  private static String remedy(int status, String code) {
    if (status == 401 && code.equals("unauthorized")) {
      return " (log in with 'minitower-cli login TEAM' or set MINITOWER_API_TOKEN)";
    }
    return status == 503 ? " (try again in a moment)" : "";
  }

  private static String plain(int status, String call) {
    return switch (status) {
      case 401 -> "the server didn't accept the token; run 'minitower-cli login TEAM'";
      case 413 -> "the server takes no request of this size";
      case 301, 302, 303, 307, 308 ->
          "the server sends "
              + call
              + " elsewhere (HTTP "
              + status
              + "); set --server to its final"
              + " address";
      default ->
          "the server answered "
              + call
              + " with HTTP "
              + status
              + " and no explanation; is the address that of a minitowerd?";
    };
  }
}
