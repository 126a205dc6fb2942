package dev.minitower.runner;

import dev.minitower.model.identity.Slugs;
import dev.minitower.runner.RunnerSettings.Storage;
import dev.minitower.runner.RunnerSettings.Times;
import dev.minitower.runner.execution.Isolation;
import dev.minitower.runner.execution.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the settings from the environment. An empty variable counts as one that is not there. */
final class SettingsReader {
  private static final String TOKEN = "MINITOWER_RUNNER_REGISTRATION_TOKEN";
  private static final String TOKEN_FILE = TOKEN + "_FILE";
  private static final int MAX_NAME = 128;
  private static final int MAX_CONCURRENCY = 256;
  private static final int MAX_COUNT = 10_000_000;

  /** Below this the segments of a spool are larger than the whole. */
  private static final long MIN_SPOOL = 1L << 20;

  /** Below this no interpreter starts. */
  private static final long MIN_MEMORY = 16L << 20;

  private final Map<String, String> variables;

  SettingsReader(Map<String, String> variables) {
    this.variables = variables;
  }

  RunnerSettings read() throws InvalidSettingException {
    return new RunnerSettings(
        serverUrl(),
        name(),
        registrationToken(),
        text(TOKEN).isPresent() ? null : text(TOKEN_FILE).map(Path::of).orElse(null),
        environment(),
        (int) number("MINITOWER_RUNNER_CONCURRENCY", "1", 1, MAX_CONCURRENCY),
        text("MINITOWER_PYTHON_BIN").orElse("python3"),
        text("MINITOWER_UV_BIN").orElse("uv"),
        dataDir(),
        times(),
        storage(),
        oneOf("MINITOWER_ISOLATION", Isolation.PROCESS, Isolation.values(), Isolation::code),
        oneOf("MINITOWER_ISOLATION_NETWORK", true, new Boolean[] {true, false}, String::valueOf),
        limits());
  }

  private Times times() throws InvalidSettingException {
    return new Times(
        duration("MINITOWER_POLL_INTERVAL", "3s", "100ms", "1h"),
        duration("MINITOWER_KILL_GRACE_PERIOD", "10s", "0s", "1h"),
        duration("MINITOWER_FENCING_MARGIN", "5s", "0s", "1h"),
        duration("MINITOWER_DRAIN_TIMEOUT", "5m", "0s", "24h"));
  }

  private Storage storage() throws InvalidSettingException {
    return new Storage(
        size("MINITOWER_LOG_SPOOL_MAX_SIZE", "256MiB", MIN_SPOOL),
        size("MINITOWER_CACHE_MAX_SIZE", "5GiB", 0),
        size("MINITOWER_MIN_FREE_SPACE", "1GiB", 0));
  }

  /** What is not set is not limited. */
  private Limits limits() throws InvalidSettingException {
    String openFiles = "MINITOWER_LIMIT_OPEN_FILES";
    String processes = "MINITOWER_LIMIT_PROCESSES";
    String memory = "MINITOWER_LIMIT_MEMORY";
    String cpuTime = "MINITOWER_LIMIT_CPU_TIME";
    return new Limits(
        text(openFiles).isEmpty() ? null : (int) number(openFiles, "", 16, MAX_COUNT),
        text(processes).isEmpty() ? null : (int) number(processes, "", 1, MAX_COUNT),
        text(memory).isEmpty() ? null : size(memory, "", MIN_MEMORY),
        text(cpuTime).isEmpty() ? null : duration(cpuTime, "", "1s", "720h"));
  }

  private URI serverUrl() throws InvalidSettingException {
    String name = "MINITOWER_SERVER_URL";
    String allowed = "an address such as http://localhost:8080";
    String value =
        text(name)
            .orElseThrow(() -> new InvalidSettingException(name + " is not set: give " + allowed));
    try {
      URI uri = new URI(value.replaceAll("/+$", ""));
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getRawQuery() == null && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw refused(name, value, allowed);
    }
    throw refused(name, value, allowed);
  }

  private String name() throws InvalidSettingException {
    String setting = "MINITOWER_RUNNER_NAME";
    String name = text(setting).orElseGet(SettingsReader::hostName);
    boolean printable = name.codePoints().noneMatch(Character::isISOControl);
    if (!printable || name.codePointCount(0, name.length()) > MAX_NAME) {
      throw refused(setting, name, "1 to 128 printable characters");
    }
    return name;
  }

  private String environment() throws InvalidSettingException {
    String setting = "MINITOWER_RUNNER_ENVIRONMENT";
    String environment = text(setting).orElse("default");
    Optional<String> problem = Slugs.environmentProblem(environment);
    if (problem.isPresent()) {
      throw new InvalidSettingException(setting + "=" + environment + " " + problem.get());
    }
    return environment;
  }

  /** Never shown, also not when it is wrong. */
  private String registrationToken() throws InvalidSettingException {
    Optional<String> token = text(TOKEN);
    Optional<String> file = text(TOKEN_FILE);
    if (token.isPresent() && file.isPresent()) {
      throw new InvalidSettingException(TOKEN + " and " + TOKEN_FILE + " are both set: give one");
    }
    String value = token.isPresent() ? token.get() : fromFile(file);
    if (!value.matches("[!-~]+")) {
      throw new InvalidSettingException(TOKEN + " must be printable ASCII without spaces");
    }
    return value;
  }

  private static String fromFile(Optional<String> file) throws InvalidSettingException {
    String path =
        file.orElseThrow(
            () ->
                new InvalidSettingException(
                    TOKEN
                        + " is not set: give the server's registration token, or the file that holds"
                        + " it in "
                        + TOKEN_FILE));
    try {
      return Files.readString(Path.of(path)).strip();
    } catch (IOException | InvalidPathException e) {
      throw refused(TOKEN_FILE, path, "a file that can be read (" + e + ")");
    }
  }

  private long number(String setting, String byDefault, int least, int most)
      throws InvalidSettingException {
    String value = text(setting).orElse(byDefault);
    if (value.matches("\\d{1,9}")) {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw refused(setting, value, "a number from %d to %d".formatted(least, most));
  }

  private long size(String setting, String byDefault, long least) throws InvalidSettingException {
    String value = text(setting).orElse(byDefault);
    return Sizes.parse(value)
        .filter(size -> size >= least)
        .orElseThrow(
            () ->
                refused(
                    setting,
                    value,
                    "a size in bytes, or such as 512KiB, 10MiB, 2GiB"
                        + (least > 0 ? ", at least " + least : "")));
  }

  private <T> T oneOf(String setting, T byDefault, T[] values, Function<T, String> name)
      throws InvalidSettingException {
    Optional<String> value = text(setting);
    if (value.isEmpty()) {
      return byDefault;
    }
    for (T candidate : values) {
      if (name.apply(candidate).equals(value.get())) {
        return candidate;
      }
    }
    String allowed = Arrays.stream(values).map(name).collect(Collectors.joining(" or "));
    throw refused(setting, value.get(), allowed);
  }

  private Duration duration(String setting, String byDefault, String least, String most)
      throws InvalidSettingException {
    String value = text(setting).orElse(byDefault);
    Duration min = Durations.parse(least).orElseThrow();
    Duration max = Durations.parse(most).orElseThrow();
    return Durations.parse(value)
        .filter(duration -> duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0)
        .orElseThrow(
            () ->
                refused(
                    setting,
                    value,
                    "a time from %s to %s, such as 500ms, 3s, 1m30s".formatted(least, most)));
  }

  private Path dataDir() throws InvalidSettingException {
    String setting = "MINITOWER_DATA_DIR";
    String value = text(setting).orElse("~/.minitower");
    String home = System.getProperty("user.home", "");
    String expanded = value.startsWith("~/") ? home + value.substring(1) : value;
    try {
      return Path.of(expanded).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw refused(setting, value, "a path");
    }
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(variables.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  private static InvalidSettingException refused(String setting, String value, String allowed) {
    return new InvalidSettingException(
        "%s=%s is not allowed: give %s".formatted(setting, value, allowed));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "runner";
    }
  }
}
