package dev.minitower.server.platform.web;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.web.servlet.resource.PathResourceResolver;

/**
 * Answers every path that is not a file with the console's one page, whose router knows the rest.
 */
final class ConsolePageResolver extends PathResourceResolver {
  @Override
  protected @Nullable Resource getResource(String path, Resource location) throws IOException {
    Resource file = path.isEmpty() ? null : super.getResource(path, location);
    return file != null || isFile(path) ? file : super.getResource("index.html", location);
  }

  private static boolean isFile(String path) {
    return path.startsWith("assets/") || path.substring(path.lastIndexOf('/') + 1).contains(".");
  }
}
