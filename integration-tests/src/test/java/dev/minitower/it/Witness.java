package dev.minitower.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A word that a run gets as a parameter, and so every process of it carries in its environment. The
 * kernel tells which processes of this machine do, in whatever session or pid namespace they are.
 */
record Witness(String word) {
  private static final String PARAMETER = "witness";

  static Witness make() {
    return new Witness("witness-" + UUID.randomUUID());
  }

  Map<String, @Nullable Object> input() {
    return Map.of(PARAMETER, word);
  }

  /** The living processes that carry the word, with their command lines. */
  List<String> processes() {
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      var found = new ArrayList<String>();
      for (Path process : processes) {
        if (read(process, "environ").contains(word) && !isZombie(process)) {
          found.add(process + " " + read(process, "cmdline").replace('\0', ' '));
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isZombie(Path process) {
    String status = read(process, "status");
    return status.isEmpty() || status.contains("State:\tZ");
  }

  /** Empty if it is gone by now. */
  private static String read(Path process, String file) {
    try {
      return new String(Files.readAllBytes(process.resolve(file)), ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
