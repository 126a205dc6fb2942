package dev.minitower.bench.protocol;

import dev.minitower.bench.http.Bytes;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Some fields of a JSON object, read without the others and no further than needed. */
final class Fields {
  private static final JsonFactory JSON = new JsonFactory();

  private Fields() {}

  static JsonParser parser(Bytes body) {
    return JSON.createParser(ObjectReadContext.empty(), body.array(), 0, body.length());
  }

  /** The values in the order of the names, null where there is none. */
  static @Nullable String[] read(Bytes body, String... names) throws IOException {
    try (JsonParser json = parser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not a JSON object: " + body);
      }
      return readObject(json, names);
    } catch (JacksonException e) {
      throw new IOException("not JSON: " + body, e);
    }
  }

  private static @Nullable String[] readObject(JsonParser json, String... names) {
    var values = new @Nullable String[names.length];
    int missing = names.length;
    while (missing > 0 && json.nextToken() == JsonToken.PROPERTY_NAME) {
      int index = indexOf(json.currentName(), names);
      JsonToken value = json.nextToken();
      if (index >= 0 && value.isScalarValue()) {
        values[index] = json.getString();
        missing--;
      } else {
        var unused = json.skipChildren();
      }
    }
    return values;
  }

  private static int indexOf(String name, String... names) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** A text that must be there. */
  static String text(Bytes body, String name) throws IOException {
    return present(read(body, name)[0], name, body);
  }

  static long number(Bytes body, String name) throws IOException {
    return Long.parseLong(text(body, name));
  }

  static String present(@Nullable String value, String name, Bytes body) throws IOException {
    if (value == null) {
      throw new IOException("there is no " + name + " in " + body);
    }
    return value;
  }
}
