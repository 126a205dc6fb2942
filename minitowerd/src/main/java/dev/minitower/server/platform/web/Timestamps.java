package dev.minitower.server.platform.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;

/** Times on the wire: RFC 3339, written in UTC with milliseconds, read with any offset. */
final class Timestamps {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private Timestamps() {}

  static final class Writer extends ValueSerializer<Instant> {
    @Override
    public void serialize(Instant value, JsonGenerator out, SerializationContext context) {
      out.writeString(FORM.format(value));
    }
  }

  static final class Reader extends ValueDeserializer<Instant> {
    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        return (Instant) context.handleUnexpectedToken(Instant.class, parser);
      }
      String text = parser.getString();
      try {
        Instant value = OffsetDateTime.parse(text).toInstant();
        if (!value.isBefore(EARLIEST) && !value.isAfter(LATEST)) {
          return value;
        }
      } catch (DateTimeException e) {
        // Refused below, with the field's name.
      }
      return (Instant) context.handleWeirdStringValue(Instant.class, text, "not an RFC 3339 time");
    }
  }
}
