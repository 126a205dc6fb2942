package dev.minitower.runner;

import dev.minitower.model.identity.Slugs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Reads the settings from the environment. An empty variable counts as one that is not there. */
final class SettingsReader {
  private static final String TOKEN = "MINITOWER_RUNNER_REGISTRATION_TOKEN";
  private static final int MAX_NAME = 128;
  private static final int MAX_CONCURRENCY = 256;

  private final Map<String, String> variables;

  SettingsReader(Map<String, String> variables) {
    this.variables = variables;
  }

  RunnerSettings read() throws InvalidSettingException {
    return new RunnerSettings(
        serverUrl(),
        name(),
        registrationToken(),
        environment(),
        concurrency(),
        text("MINITOWER_PYTHON_BIN").orElse("python3"),
        text("MINITOWER_UV_BIN").orElse("uv"),
        size("MINITOWER_CACHE_MAX_SIZE", "5GiB", "1MB", "1000TB"),
        duration("MINITOWER_POLL_INTERVAL", "3s", "100ms", "1h"),
        duration("MINITOWER_KILL_GRACE_PERIOD", "10s", "0s", "1h"),
        duration("MINITOWER_FENCING_MARGIN", "5s", "0s", "1h"),
        dataDir());
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
    Optional<String> file = text(TOKEN + "_FILE");
    if (token.isPresent() && file.isPresent()) {
      throw new InvalidSettingException(TOKEN + " and " + TOKEN + "_FILE are both set: give one");
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
                        + TOKEN
                        + "_FILE"));
    try {
      return Files.readString(Path.of(path)).strip();
    } catch (IOException | InvalidPathException e) {
      throw refused(TOKEN + "_FILE", path, "a file that can be read (" + e + ")");
    }
  }

  private int concurrency() throws InvalidSettingException {
    String setting = "MINITOWER_RUNNER_CONCURRENCY";
    String value = text(setting).orElse("1");
    if (value.matches("\\d{1,3}")) {
      int number = Integer.parseInt(value);
      if (number >= 1 && number <= MAX_CONCURRENCY) {
        return number;
      }
    }
    throw refused(setting, value, "a number from 1 to " + MAX_CONCURRENCY);
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

  private long size(String setting, String byDefault, String least, String most)
      throws InvalidSettingException {
    String value = text(setting).orElse(byDefault);
    long min = Sizes.parse(least).orElseThrow();
    long max = Sizes.parse(most).orElseThrow();
    return Sizes.parse(value)
        .filter(bytes -> bytes >= min && bytes <= max)
        .orElseThrow(
            () ->
                refused(
                    setting,
                    value,
                    "a size from %s to %s, such as 500MB, 5GB, 512MiB".formatted(least, most)));
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
