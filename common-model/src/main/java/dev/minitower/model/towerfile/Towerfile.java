package dev.minitower.model.towerfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a project's Towerfile says, checked and with its paths normalised: no leading {@code ./}, no
 * trailing {@code /}.
 *
 * @param source globs of the files to pack; empty means every file under the root
 * @param importPaths folders for {@code PYTHONPATH}, in order; {@code .} is the root itself
 * @param timeoutSeconds null leaves the time-out to the runner
 * @param schedule kept as written; nothing reads it yet
 */
public record Towerfile(
    String name,
    String script,
    List<String> source,
    List<String> importPaths,
    @Nullable String description,
    @Nullable Integer timeoutSeconds,
    @Nullable String schedule,
    List<Parameter> parameters) {
  /** Where it lies: at the project's root. */
  public static final String FILE_NAME = "Towerfile";

  /** The largest Towerfile that is read, in bytes of UTF-8. */
  public static final int MAX_BYTES = 256 * 1024;

  public Towerfile {
    source = List.copyOf(source);
    importPaths = List.copyOf(importPaths);
    parameters = List.copyOf(parameters);
  }
}
