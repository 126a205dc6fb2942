package dev.minitower.cli.http;

/** Is told how many bytes of a file are on their way. */
@FunctionalInterface
public interface UploadListener {
  void sent(long bytes, long total);
}
