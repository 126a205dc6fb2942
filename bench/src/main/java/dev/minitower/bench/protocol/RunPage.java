package dev.minitower.bench.protocol;

import dev.minitower.bench.http.Bytes;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** One page of a list of runs: {@code {"runs":[…],"next_cursor":"…"}}. */
record RunPage(int count, @Nullable String nextCursor) {
  static RunPage read(Bytes body, Consumer<ListedRun> sink) throws IOException {
    int count = 0;
    @Nullable String cursor = null;
    try (JsonParser json = Fields.parser(body)) {
      JsonToken unused = json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (name.equals("runs")) {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            sink.accept(run(json));
            count++;
          }
        } else if (name.equals("next_cursor") && value == JsonToken.VALUE_STRING) {
          cursor = json.getString();
        } else {
          var unusedToo = json.skipChildren();
        }
      }
    } catch (JacksonException e) {
      throw new IOException("no list of runs: " + body, e);
    }
    return new RunPage(count, cursor);
  }

  private static ListedRun run(JsonParser json) {
    long runId = 0;
    String status = "";
    int retries = 0;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken unused = json.nextToken();
      switch (name) {
        case "run_id" -> runId = json.getLongValue();
        case "status" -> status = json.getString();
        case "retry_count" -> retries = json.getIntValue();
        default -> {
          var unusedToo = json.skipChildren();
        }
      }
    }
    return new ListedRun(runId, status, retries);
  }
}
