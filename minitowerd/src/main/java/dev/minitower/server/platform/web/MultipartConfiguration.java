package dev.minitower.server.platform.web;

import dev.minitower.server.platform.database.PrivateFiles;
import dev.minitower.server.platform.settings.Settings;
import jakarta.servlet.MultipartConfigElement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where uploads are parked while they are read, and how large they may be. */
@Configuration(proxyBeanMethods = false)
class MultipartConfiguration {
  /** Room for the boundary and the headers of the one part. */
  private static final long FRAMING_BYTES = 64 * 1024;

  static long maxRequest(Settings settings) {
    return settings.maxArtifact() + FRAMING_BYTES;
  }

  @Bean
  MultipartConfigElement multipartConfigElement(Settings settings) {
    Path parked = settings.dataDir().resolve("uploads");
    try {
      PrivateFiles.createFolder(parked);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new MultipartConfigElement(
        parked.toString(), settings.maxArtifact(), maxRequest(settings), 64 * 1024);
  }
}
