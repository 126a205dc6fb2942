package dev.minitower.bench.protocol;

import dev.minitower.bench.http.Bytes;
import dev.minitower.bench.http.HttpAnswer;
import dev.minitower.bench.http.HttpConnection;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One runner on one connection; for one thread at a time. */
public final class RunnerClient implements AutoCloseable {
  private static final Bytes EMPTY = new Bytes(0);
  private static final Bytes STARTED = Bytes.of("{}");
  private static final Bytes COMPLETED = Bytes.of("{\"status\":\"completed\",\"exit_code\":0}");

  private static final Bytes RELEASED = Bytes.of("{\"reason\":\"measured\"}");

  private final HttpConnection http;
  private final String headers;

  public RunnerClient(HttpConnection http, String runnerToken) {
    this.http = http;
    this.headers =
        "Authorization: Bearer " + runnerToken + "\r\nContent-Type: application/json\r\n";
  }

  /**
   * The next run, null if there is none.
   *
   * @param waitSeconds 0 asks as the seed's runners do
   */
  public @Nullable Lease lease(int waitSeconds) throws IOException {
    sendLease(waitSeconds);
    return receiveLease();
  }

  /** Sends what {@link #receiveLease} gets the answer to. */
  public void sendLease(int waitSeconds) throws IOException {
    String path = waitSeconds > 0 ? "/api/v1/runs/lease?wait=" + waitSeconds : "/api/v1/runs/lease";
    http.post("POST", path, headers, EMPTY);
  }

  public @Nullable Lease receiveLease() throws IOException {
    HttpAnswer answer = http.receive();
    if (answer.status() == 204) {
      return null;
    }
    Bytes body = expectOk("lease", answer).body();
    @Nullable String[] fields = Fields.read(body, "run_id", "attempt_no", "lease_token");
    return new Lease(
        Long.parseLong(Fields.present(fields[0], "run_id", body)),
        Integer.parseInt(Fields.present(fields[1], "attempt_no", body)),
        Fields.present(fields[2], "lease_token", body));
  }

  public void start(Lease lease) throws IOException {
    var unused = expectOk("start", call(lease, "/start", STARTED));
  }

  public void heartbeat(Lease lease) throws IOException {
    var unused = expectOk("heartbeat", call(lease, "/heartbeat", STARTED));
  }

  public void complete(Lease lease) throws IOException {
    var unused = expectOk("result", call(lease, "/result", COMPLETED));
  }

  /** Hands the run back to the queue. */
  public void release(Lease lease) throws IOException {
    var unused = expectOk("release", call(lease, "/release", RELEASED));
  }

  /** Stores a batch: {@code {"logs":[…]}}, as it is or as gzip. */
  public void logs(Lease lease, Bytes batch, boolean gzip) throws IOException {
    var unused = expectOk("logs", tryLogs(lease, batch, gzip));
  }

  /** The same without a word on what the server says of it. */
  public HttpAnswer tryLogs(Lease lease, Bytes batch, boolean gzip) throws IOException {
    String encoding = gzip ? "Content-Encoding: gzip\r\n" : "";
    return http.send("POST", path(lease, "/logs"), headers + lease.header() + encoding, batch);
  }

  private HttpAnswer call(Lease lease, String call, Bytes body) throws IOException {
    return http.send("POST", path(lease, call), headers + lease.header(), body);
  }

  private static String path(Lease lease, String call) {
    return "/api/v1/runs/" + lease.runId() + call;
  }

  private static HttpAnswer expectOk(String call, HttpAnswer answer)
      throws UnexpectedAnswerException {
    if (answer.status() != 200) {
      throw new UnexpectedAnswerException(call, answer);
    }
    return answer;
  }

  @Override
  public void close() {
    http.close();
  }
}
