package dev.minitower.server.platform.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The part of a list that a client asked for. A cursor holds the key of the last row that was
 * shown, in the list's order, so that a page costs the same wherever it is and rows that come or go
 * shift nothing.
 *
 * @param limit rows to show; queries fetch {@link #fetchLimit()} to learn whether there are more
 * @param offset rows to skip; 0 when there is a cursor
 * @param afterKey where the page before ended; null from the start
 */
public record Page(int limit, int offset, @Nullable String afterKey) {
  static final int DEFAULT_LIMIT = 50;
  static final int MAX_LIMIT = 100;

  /** Marks what we made, and lets the form of keys change later. */
  private static final String MARK = "1:";

  private static final int MAX_CURSOR = 1_024;

  /** Sorts before every name. */
  private static final String FIRST = "";

  /** The first page, as many rows as may be. */
  public static Page first() {
    return new Page(MAX_LIMIT, 0, null);
  }

  /** The opaque form of a key. */
  public static String cursor(String key) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString((MARK + key).getBytes(UTF_8));
  }

  /** The key inside a cursor; a text that {@link #cursor} did not make is refused with 400. */
  static String key(String cursor) {
    if (cursor.length() <= MAX_CURSOR) {
      try {
        byte[] bytes = Base64.getUrlDecoder().decode(cursor);
        String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        if (text.startsWith(MARK)) {
          return text.substring(MARK.length());
        }
      } catch (IllegalArgumentException | CharacterCodingException e) {
        // Refused below.
      }
    }
    throw badCursor();
  }

  private static ApiException badCursor() {
    return ApiException.invalidField(
        "cursor", "is not a cursor of this list; use next_cursor as it was answered");
  }

  /** The key of a list by id; empty from the start, 400 for another list's cursor. */
  public OptionalLong afterId() {
    if (afterKey == null) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(afterKey));
    } catch (NumberFormatException e) {
      throw badCursor();
    }
  }

  /** The key of a list by name, ascending; from the start, what sorts before every name. */
  public String afterName() {
    return afterKey == null ? FIRST : afterKey;
  }

  /** One more than is shown: whether it is there says whether there is a next page. */
  public int fetchLimit() {
    return limit + 1;
  }

  /** The rows to show of those fetched. */
  public <T> List<T> shown(List<T> fetched) {
    return fetched.size() > limit ? fetched.subList(0, limit) : fetched;
  }

  /** What leads to the next page; null if all there is was fetched. */
  public <T> @Nullable String nextCursor(List<T> fetched, Function<T, String> key) {
    return fetched.size() > limit ? cursor(key.apply(fetched.get(limit - 1))) : null;
  }
}
