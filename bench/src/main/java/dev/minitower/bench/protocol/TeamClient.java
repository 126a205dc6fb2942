package dev.minitower.bench.protocol;

import dev.minitower.bench.http.Bytes;
import dev.minitower.bench.http.HttpAnswer;
import dev.minitower.bench.http.HttpConnection;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** A team on one connection; for one thread at a time. */
public final class TeamClient implements AutoCloseable {
  private static final Bytes NO_INPUT = Bytes.of("{}");
  private static final Bytes EMPTY = new Bytes(0);
  private static final int PAGE = 100;

  /** What every server gives at once; ours would give more, others have no pages at all. */
  private static final int LOG_PAGE = 10_000;

  private final HttpConnection http;
  private final String authorization;
  private final String headers;

  public TeamClient(HttpConnection http, String teamToken) {
    this.http = http;
    this.authorization = "Authorization: Bearer " + teamToken + "\r\n";
    this.headers = authorization + "Content-Type: application/json\r\n";
  }

  /** An app with one version, which is never executed unless a real runner takes it. */
  public void createApp(String slug, String script) throws IOException {
    Bytes body = Bytes.of("{\"slug\":\"" + slug + "\"}");
    var unused = expect("app", 201, http.send("POST", "/api/v1/apps", headers, body));
    Bytes form = TinyApp.asForm(slug, script);
    String type = authorization + "Content-Type: " + TinyApp.FORM_TYPE + "\r\n";
    HttpAnswer answer = http.send("POST", "/api/v1/apps/" + slug + "/versions", type, form);
    var unusedToo = expect("version", 201, answer);
  }

  /** Answers its id. */
  public long createRun(String app) throws IOException {
    HttpAnswer answer = http.send("POST", "/api/v1/apps/" + app + "/runs", headers, NO_INPUT);
    return Fields.number(expect("create", 201, answer), "run_id");
  }

  public String status(long runId) throws IOException {
    HttpAnswer answer = http.get("/api/v1/runs/" + runId, headers);
    return Fields.text(expect("run", 200, answer), "status");
  }

  /** Reads whatever there is at a path below the API's own. */
  public void read(String path) throws IOException {
    var unused = expect(path, 200, http.get("/api/v1" + path, headers));
  }

  /** Shows every run of the app; none is created meanwhile. */
  public void listRuns(String app, Consumer<ListedRun> sink) throws IOException {
    String list = "/api/v1/apps/" + app + "/runs?limit=" + PAGE;
    String query = "&offset=0";
    int seen = 0;
    while (true) {
      Bytes body = expect("list of runs", 200, http.get(list + query, headers));
      RunPage page = RunPage.read(body, sink);
      seen += page.count();
      if (page.nextCursor() == null && page.count() < PAGE) {
        return;
      }
      query = page.nextCursor() == null ? "&offset=" + seen : "&cursor=" + page.nextCursor();
    }
  }

  /** Shows number and text of every line in order, as pages where the server has them. */
  public void readLog(long runId, ObjLongConsumer<String> sink) throws IOException {
    String path = "/api/v1/runs/" + runId + "/logs?limit=" + LOG_PAGE + "&after_seq=";
    @Nullable String after = "0";
    while (after != null) {
      after = LogPage.read(expect("log", 200, http.get(path + after, headers)), sink);
    }
  }

  /** The whole log as text; to be read to its end. */
  public InputStream downloadLog(long runId) throws IOException {
    http.post("GET", "/api/v1/runs/" + runId + "/logs/download", headers, EMPTY);
    return opened("download");
  }

  /** The events of a run from its present state on. */
  public InputStream openEvents(long runId) throws IOException {
    String accept = headers + "Accept: text/event-stream\r\n";
    http.post("GET", "/api/v1/runs/" + runId + "/events", accept, EMPTY);
    return opened("events");
  }

  private InputStream opened(String call) throws IOException {
    InputStream body = http.open();
    if (http.status() != 200) {
      close();
      throw new UnexpectedAnswerException(call, "answered " + http.status());
    }
    return body;
  }

  private static Bytes expect(String call, int status, HttpAnswer answer)
      throws UnexpectedAnswerException {
    if (answer.status() != status) {
      throw new UnexpectedAnswerException(call, answer);
    }
    return answer.body();
  }

  @Override
  public void close() {
    http.close();
  }
}
