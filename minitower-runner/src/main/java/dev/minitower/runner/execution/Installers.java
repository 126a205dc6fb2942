package dev.minitower.runner.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.minitower.runner.execution.Installer.Kind;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Chooses between uv, if it is there and works, and pip. */
final class Installers {
  private static final System.Logger LOG = System.getLogger(Installers.class.getName());
  private static final String NO_UV = "none";
  private static final int ANSWER_SECONDS = 10;

  /** Uv doesn't read these, so that a machine set up for pip would lose its way to the index. */
  private static final Pattern SET_UP_FOR_PIP =
      Pattern.compile(
          "PIP_(INDEX_URL|EXTRA_INDEX_URL|FIND_LINKS|NO_INDEX|TRUSTED_HOST|CERT|CLIENT_CERT"
              + "|CONSTRAINT|CONFIG_FILE|NO_BINARY|ONLY_BINARY|PREFER_BINARY|PRE|REQUIRE_HASHES)");

  private final String uvBin;
  private final Map<Path, Boolean> works = new ConcurrentHashMap<>();

  /**
   * @param uvBin name or path; {@code none} for pip alone
   */
  Installers(String uvBin) {
    this.uvBin = uvBin;
  }

  Installer choose(Path python, Map<String, String> variables) throws InterruptedException {
    if (!uvBin.equals(NO_UV) && !isSetUpForPip(variables)) {
      Optional<Path> uv = Programs.find(uvBin, variables.getOrDefault("PATH", ""));
      if (uv.isPresent() && works(uv.get(), variables)) {
        return new Installer(Kind.UV, uv.get());
      }
    }
    return new Installer(Kind.PIP, python);
  }

  private static boolean isSetUpForPip(Map<String, String> variables) {
    return variables.keySet().stream().anyMatch(name -> SET_UP_FOR_PIP.matcher(name).matches())
        && variables.keySet().stream().noneMatch(name -> name.startsWith("UV_"));
  }

  private boolean works(Path uv, Map<String, String> variables) throws InterruptedException {
    Boolean known = works.get(uv);
    if (known == null) {
      known = answers(uv, variables);
      works.put(uv, known);
      if (!known) {
        LOG.log(Level.WARNING, uv + " does not work, packages are installed with pip");
      }
    }
    return known;
  }

  private static boolean answers(Path uv, Map<String, String> variables)
      throws InterruptedException {
    var builder = new ProcessBuilder(uv.toString(), "--version").redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(variables);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(ANSWER_SECONDS, SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      String answer = new String(process.getInputStream().readAllBytes(), UTF_8);
      return process.exitValue() == 0 && answer.startsWith("uv ");
    } catch (IOException e) {
      return false;
    }
  }
}
