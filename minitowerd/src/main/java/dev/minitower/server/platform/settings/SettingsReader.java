package dev.minitower.server.platform.settings;

import static dev.minitower.server.platform.settings.SettingForms.optional;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Every setting there is, with its name, default and form; reads them and reports all that are
 * wrong.
 */
public final class SettingsReader {
  private static final Setting<ListenAddress> LISTEN_ADDR =
      new Setting<>(
          "MINITOWER_LISTEN_ADDR",
          "127.0.0.1:8080",
          SettingForms.ADDRESS,
          "Where the API and the console are served.",
          SettingForms::address);
  private static final Setting<Path> DATA_DIR =
      new Setting<>(
          "MINITOWER_DATA_DIR",
          "./minitower-data",
          SettingForms.PATH,
          "The folder that holds everything the server keeps.",
          SettingForms::path);
  private static final Setting<Optional<Path>> DB_PATH =
      new Setting<>(
          "MINITOWER_DB_PATH",
          "",
          SettingForms.PATH,
          "The SQLite file; `minitower.db` in the data folder when not set.",
          optional(SettingForms::path));
  private static final Setting<Optional<Path>> OBJECTS_DIR =
      new Setting<>(
          "MINITOWER_OBJECTS_DIR",
          "",
          SettingForms.PATH,
          "The folder of the artifacts; `objects` in the data folder when not set.",
          optional(SettingForms::path));
  private static final Setting<Optional<Boolean>> SIGNUP =
      new Setting<>(
          "MINITOWER_PUBLIC_SIGNUP_ENABLED",
          "",
          SettingForms.BOOLEAN,
          "Whether anybody may make a team. Not set: open until the first team exists.",
          optional(SettingForms::bool));
  private static final Setting<Optional<String>> BOOTSTRAP_TOKEN =
      new Setting<>(
          "MINITOWER_BOOTSTRAP_TOKEN",
          "",
          SettingForms.SECRET,
          "The operator's secret for `POST /bootstrap/team`. Not set: that route is not there.",
          optional(SettingForms::secret));
  private static final Setting<Optional<String>> REGISTRATION_TOKEN =
      new Setting<>(
          "MINITOWER_RUNNER_REGISTRATION_TOKEN",
          "",
          SettingForms.SECRET,
          "What a new runner must show. Not set: generated once into"
              + " `runner-registration-token` in the data folder (mode 600).",
          optional(SettingForms::secret));
  private static final Setting<List<String>> CORS_ORIGINS =
      new Setting<>(
          "MINITOWER_CORS_ORIGINS",
          "",
          SettingForms.ORIGINS,
          "Web pages of other origins that may call the API.",
          SettingForms::origins);
  private static final Setting<Duration> LEASE_TTL =
      new Setting<>(
          "MINITOWER_LEASE_TTL",
          "60s",
          SettingForms.DURATION,
          "How long a lease lasts after the runner was last heard.",
          SettingForms::duration);
  private static final Setting<Duration> EXPIRY_CHECK_INTERVAL =
      new Setting<>(
          "MINITOWER_EXPIRY_CHECK_INTERVAL",
          "10s",
          SettingForms.DURATION,
          "How often the reaper looks for leases that are over.",
          SettingForms::duration);
  private static final Setting<Duration> RUNNER_PRUNE_AFTER =
      new Setting<>(
          "MINITOWER_RUNNER_PRUNE_AFTER",
          "24h",
          SettingForms.DURATION_OR_OFF,
          "When a runner that is offline and holds nothing is forgotten.",
          SettingForms::durationOrZero);
  private static final Setting<Long> MAX_REQUEST_BODY =
      new Setting<>(
          "MINITOWER_MAX_REQUEST_BODY_SIZE",
          "10MiB",
          SettingForms.SIZE,
          "The largest request body that is not an artifact.",
          SettingForms::size);
  private static final Setting<Long> MAX_ARTIFACT =
      new Setting<>(
          "MINITOWER_MAX_ARTIFACT_SIZE",
          "100MiB",
          SettingForms.SIZE,
          "The largest artifact, packed.",
          SettingForms::size);
  private static final Setting<Optional<ListenAddress>> METRICS_ADDR =
      new Setting<>(
          "MINITOWER_METRICS_ADDR",
          "",
          SettingForms.ADDRESS,
          "Where `/metrics` is served instead of beside the API.",
          optional(SettingForms::address));
  private static final Setting<Boolean> LOG_JSON =
      new Setting<>(
          "MINITOWER_LOG_JSON",
          "false",
          SettingForms.BOOLEAN,
          "Whether the server's own log is written as JSON, one object a line.",
          SettingForms::bool);

  static final List<Setting<?>> ALL =
      List.of(
          LISTEN_ADDR,
          DATA_DIR,
          DB_PATH,
          OBJECTS_DIR,
          SIGNUP,
          BOOTSTRAP_TOKEN,
          REGISTRATION_TOKEN,
          CORS_ORIGINS,
          LEASE_TTL,
          EXPIRY_CHECK_INTERVAL,
          RUNNER_PRUNE_AFTER,
          MAX_REQUEST_BODY,
          MAX_ARTIFACT,
          METRICS_ADDR,
          LOG_JSON);

  private final Function<String, @Nullable String> source;
  private final List<String> problems = new ArrayList<>();

  private SettingsReader(Function<String, @Nullable String> source) {
    this.source = source;
  }

  /**
   * Reads all settings from {@code source}, which knows a value by its name.
   *
   * @throws InvalidSettingsException naming every setting whose value can't be read
   */
  public static Settings read(Function<String, @Nullable String> source) {
    SettingsReader reader = new SettingsReader(source);
    // A value that can't be read stands for its default until all of them have been looked at.
    Settings settings = reader.settings();
    if (!reader.problems.isEmpty()) {
      throw new InvalidSettingsException(reader.problems);
    }
    return settings;
  }

  private Settings settings() {
    Path dataDir = value(DATA_DIR);
    return new Settings(
        value(LISTEN_ADDR),
        dataDir,
        value(DB_PATH).orElse(dataDir.resolve("minitower.db")),
        value(OBJECTS_DIR).orElse(dataDir.resolve("objects")),
        value(SIGNUP),
        value(BOOTSTRAP_TOKEN),
        value(REGISTRATION_TOKEN),
        value(CORS_ORIGINS),
        value(LEASE_TTL),
        value(EXPIRY_CHECK_INTERVAL),
        value(RUNNER_PRUNE_AFTER),
        value(MAX_REQUEST_BODY),
        value(MAX_ARTIFACT),
        value(METRICS_ADDR),
        value(LOG_JSON));
  }

  private <T> T value(Setting<T> setting) {
    String text = source.apply(setting.name());
    if (text == null || text.isBlank()) {
      return setting.reader().apply(setting.defaultValue());
    }
    try {
      return setting.reader().apply(text.strip());
    } catch (IllegalArgumentException e) {
      problems.add(
          "%s: '%s' can't be read; allowed: %s"
              .formatted(setting.name(), shown(setting, text), setting.allowed()));
      return setting.reader().apply(setting.defaultValue());
    }
  }

  /** On one line, and a secret not at all. */
  private static String shown(Setting<?> setting, String text) {
    return setting.allowed().equals(SettingForms.SECRET)
        ? "(hidden)"
        : text.replace("\r", "\\r").replace("\n", "\\n");
  }
}
