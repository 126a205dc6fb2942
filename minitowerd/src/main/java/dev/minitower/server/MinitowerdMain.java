package dev.minitower.server;

import dev.minitower.server.platform.ServerVersion;
import dev.minitower.server.platform.database.PrivateFiles;
import dev.minitower.server.platform.database.StartupException;
import dev.minitower.server.platform.settings.InvalidSettingsException;
import dev.minitower.server.platform.settings.Settings;
import dev.minitower.server.platform.settings.SettingsReader;
import java.io.IOException;
import java.io.Reader;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.tomcat.ConnectorStartFailedException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Starts the control plane: settings first, then everything else. */
@SpringBootApplication
public class MinitowerdMain {
  private static final int EXIT_STARTUP = 1;
  private static final int EXIT_SETTINGS = 2;
  private static final String DEFAULT_FILE = "minitowerd.properties";
  private static final String USAGE =
      """
      Usage: minitowerd [--config=FILE]
      The MiniTower control plane. Settings are MINITOWER_* in the environment, or the same names in a
      properties file (--config, or minitowerd.properties in the working folder); the environment wins.
        --config=FILE  read settings from FILE
        --help         print this and exit
        --version      print the version and exit
      """;

  /** Starts the server and returns; its threads keep the process alive. */
  public static void main(String[] args) {
    Optional<Path> config = Optional.empty();
    for (String arg : args) {
      if (arg.equals("--help") || arg.equals("-h")) {
        System.out.print(USAGE);
        return;
      } else if (arg.equals("--version")) {
        System.out.println("minitowerd " + ServerVersion.current());
        return;
      } else if (arg.startsWith("--config=")) {
        config = Optional.of(Path.of(arg.substring("--config=".length())));
      } else {
        System.err.print("minitowerd: unknown argument '" + arg + "'\n" + USAGE);
        System.exit(EXIT_SETTINGS);
      }
    }
    run(config);
  }

  private static void run(Optional<Path> config) {
    try {
      var unused = start(readSettings(config), List.of(MinitowerdMain::stopOnSignal));
    } catch (InvalidSettingsException e) {
      e.problems().forEach(problem -> System.err.println("minitowerd: " + problem));
      System.exit(EXIT_SETTINGS);
    } catch (RuntimeException e) {
      explain(e);
      System.exit(EXIT_STARTUP);
    }
  }

  /** From the beginning: a signal that comes during the start waits for the end of it. */
  private static void stopOnSignal(ConfigurableApplicationContext context) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(context), "shutdown"));
  }

  /**
   * A stop on a signal is a success: the JVM's own exit code for it would be an error. That of a
   * start that failed stays.
   */
  private static void stop(ConfigurableApplicationContext context) {
    if (context.isActive()) {
      context.close();
      Runtime.getRuntime().halt(0);
    }
  }

  private static void explain(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartupException) {
        System.err.println("minitowerd: " + cause.getMessage());
        return;
      }
      if (cause instanceof PortInUseException inUse) {
        System.err.printf(
            "minitowerd: port %d is in use; stop what listens there or set MINITOWER_LISTEN_ADDR%n",
            inUse.getPort());
        return;
      }
      if (cause instanceof ConnectorStartFailedException failed) {
        System.err.printf(
            "minitowerd: can't listen on port %d, which may be in use; see MINITOWER_LISTEN_ADDR and"
                + " MINITOWER_METRICS_ADDR%n",
            failed.getPort());
        return;
      }
      if (cause instanceof BindException) {
        System.err.printf(
            "minitowerd: can't listen where MINITOWER_LISTEN_ADDR says: %s%n", cause.getMessage());
        return;
      }
    }
    System.err.println("minitowerd: can't start, which is a defect; please report what follows");
    e.printStackTrace(System.err);
  }

  private static Settings readSettings(Optional<Path> config) {
    Properties file = new Properties();
    Path path = config.orElse(Path.of(DEFAULT_FILE));
    if (config.isPresent() || Files.exists(path)) {
      try (Reader reader = Files.newBufferedReader(path)) {
        file.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new StartupException("can't read the settings in %s: %s".formatted(path, e), e);
      }
    }
    return SettingsReader.read(name -> fromEnvironmentOr(file, name));
  }

  private static @Nullable String fromEnvironmentOr(Properties file, String name) {
    String value = System.getenv(name);
    return value != null ? value : file.getProperty(name);
  }

  /** Starts a server with these settings; {@code initializers} may replace the clock. */
  static ConfigurableApplicationContext start(
      Settings settings,
      List<ApplicationContextInitializer<GenericApplicationContext>> initializers) {
    // The driver unpacks its native code into the temporary folder and leaves it there after a
    // kill.
    System.setProperty("org.sqlite.tmpdir", nativeCode(settings).toString());
    SpringApplication application = new SpringApplication(MinitowerdMain.class);
    application.setDefaultProperties(properties(settings));
    application.setRegisterShutdownHook(false);
    List<ApplicationContextInitializer<?>> all = new ArrayList<>(initializers);
    ApplicationContextInitializer<GenericApplicationContext> withSettings =
        context -> context.registerBean(Settings.class, () -> settings);
    all.add(withSettings);
    application.addInitializers(all.toArray(ApplicationContextInitializer[]::new));
    return application.run();
  }

  private static Path nativeCode(Settings settings) {
    Path folder = settings.dataDir().resolve("native");
    try {
      PrivateFiles.createFolder(folder);
      return folder;
    } catch (IOException e) {
      throw new StartupException(
          "can't create the data folder %s: %s".formatted(settings.dataDir(), e), e);
    }
  }

  private static String resolved(String host) {
    try {
      return InetAddress.getByName(host).getHostAddress();
    } catch (UnknownHostException e) {
      throw new StartupException(
          "MINITOWER_LISTEN_ADDR: the host '%s' is not known".formatted(host), e);
    }
  }

  private static Map<String, Object> properties(Settings settings) {
    Map<String, Object> properties = new HashMap<>();
    // Nowhere else: what an operator decides is in the settings, and each place costs a look.
    properties.put("spring.config.location", "classpath:/application.properties");
    if (!settings.listenAddress().host().isEmpty()) {
      properties.put("server.address", resolved(settings.listenAddress().host()));
    }
    properties.put("server.port", settings.listenAddress().port());
    properties.put("server.tomcat.max-swallow-size", settings.maxArtifact() + "B");
    if (settings.jsonLogs()) {
      properties.put("logging.structured.format.console", "logstash");
    }
    return properties;
  }
}
