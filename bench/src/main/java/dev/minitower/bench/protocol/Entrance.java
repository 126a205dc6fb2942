package dev.minitower.bench.protocol;

import dev.minitower.bench.http.Bytes;
import dev.minitower.bench.http.HttpAnswer;
import dev.minitower.bench.http.HttpConnection;
import java.io.IOException;

/** The calls that make tokens; for one thread at a time. */
public final class Entrance implements AutoCloseable {
  private static final String JSON = "Content-Type: application/json\r\n";

  private final HttpConnection http;

  public Entrance(HttpConnection http) {
    this.http = http;
  }

  /** Whether the server takes requests; false also if nobody listens. */
  public boolean isReady() {
    try {
      return http.get("/ready", "").status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** A token for the operator's team, which is made if there is none. */
  public String bootstrapTeam(String slug, String bootstrapToken) throws IOException {
    HttpAnswer answer =
        http.send("POST", "/api/v1/bootstrap/team", bearer(bootstrapToken), team(slug, ""));
    return token("bootstrap", answer);
  }

  /** A token for a new team, where sign-up is open. */
  public String signUp(String slug, String password) throws IOException {
    Bytes body = team(slug, ",\"password\":\"" + password + "\"");
    return token("signup", http.send("POST", "/api/v1/teams/signup", JSON, body));
  }

  private static Bytes team(String slug, String more) {
    return Bytes.of("{\"slug\":\"" + slug + "\",\"name\":\"" + slug + "\"" + more + "}");
  }

  /** A token for a runner. */
  public String registerRunner(String name, int maxConcurrent, String registrationToken)
      throws IOException {
    String slots = maxConcurrent > 1 ? ",\"max_concurrent\":" + maxConcurrent : "";
    return register("{\"name\":\"" + name + "\"" + slots + "}", registrationToken);
  }

  /** The same for a runner of one run at a time, in an environment. */
  public String registerRunnerIn(String environment, String name, String registrationToken)
      throws IOException {
    String body = "{\"name\":\"" + name + "\",\"environment\":\"" + environment + "\"}";
    return register(body, registrationToken);
  }

  private String register(String body, String registrationToken) throws IOException {
    String headers = bearer(registrationToken);
    return token(
        "register", http.send("POST", "/api/v1/runners/register", headers, Bytes.of(body)));
  }

  private static String bearer(String token) {
    return "Authorization: Bearer " + token + "\r\n" + JSON;
  }

  private static String token(String call, HttpAnswer answer) throws IOException {
    if (answer.status() != 200 && answer.status() != 201) {
      throw new UnexpectedAnswerException(call, answer);
    }
    return Fields.text(answer.body(), "token");
  }

  /** The text of the server's metrics; empty if it shows none. */
  public String metrics() throws IOException {
    HttpAnswer answer = http.get("/metrics", "");
    return answer.status() == 200 ? answer.body().toString() : "";
  }

  @Override
  public void close() {
    http.close();
  }
}
