package dev.minitower.server.platform.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.io.Resource;
import org.springframework.util.DigestUtils;

/** The ETags of files that don't change while the server runs: a hash of what is in them. */
final class ContentHashes {
  private final Map<String, String> known = new ConcurrentHashMap<>();

  String of(Resource file) {
    try {
      return known.computeIfAbsent(file.getURL().toString(), url -> hash(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(Resource file) {
    try (InputStream bytes = file.getInputStream()) {
      return "\"" + DigestUtils.md5DigestAsHex(bytes) + "\"";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
