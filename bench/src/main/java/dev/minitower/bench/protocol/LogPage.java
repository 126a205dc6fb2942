package dev.minitower.bench.protocol;

import dev.minitower.bench.http.Bytes;
import java.io.IOException;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** One page of a log: {@code {"logs":[{"seq":…,"line":…}],"next_after_seq":…}}. */
final class LogPage {
  private LogPage() {}

  /** Where the next page begins; null if this was the last. */
  static @Nullable String read(Bytes body, ObjLongConsumer<String> sink) throws IOException {
    @Nullable String next = null;
    try (JsonParser json = Fields.parser(body)) {
      JsonToken unused = json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (name.equals("logs")) {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            entry(json, sink);
          }
        } else if (name.equals("next_after_seq") && value.isNumeric()) {
          next = json.getString();
        } else {
          var unusedToo = json.skipChildren();
        }
      }
    } catch (JacksonException e) {
      throw new IOException("no log: " + body, e);
    }
    return next;
  }

  private static void entry(JsonParser json, ObjLongConsumer<String> sink) {
    long seq = 0;
    String line = "";
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken unused = json.nextToken();
      switch (name) {
        case "seq" -> seq = json.getLongValue();
        case "line" -> line = json.getString();
        default -> {
          var unusedToo = json.skipChildren();
        }
      }
    }
    sink.accept(line, seq);
  }
}
