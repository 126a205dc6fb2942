package dev.minitower.cli.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A path below {@code /api/v1} whose parts and parameters are encoded, whatever a person typed. */
public final class ApiPath {
  private final String text;

  private ApiPath(String text) {
    this.text = text;
  }

  public static ApiPath of(Object... segments) {
    var path = new StringBuilder("/api/v1");
    for (Object segment : segments) {
      path.append('/').append(encode(segment.toString()));
    }
    return new ApiPath(path.toString());
  }

  /** A path beside the API: of what a load balancer asks. */
  public static ApiPath atRoot(String name) {
    return new ApiPath("/" + encode(name));
  }

  /** The path with one more parameter; without a value it stays as it is. */
  public ApiPath with(String name, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    String separator = text.indexOf('?') < 0 ? "?" : "&";
    return new ApiPath(text + separator + name + "=" + encode(value.toString()));
  }

  private static String encode(String text) {
    String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    return encoded.equals(".") || encoded.equals("..") ? encoded.replace(".", "%2E") : encoded;
  }

  @Override
  public String toString() {
    return text;
  }
}
