package dev.minitower.server;

import dev.minitower.server.platform.settings.SettingsReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * The whole server in this process, on a free port and a SQLite file of its own, with a clock that stands
 * still and timers that are off. Stopping it checks every invariant.
 */
public final class TestServer implements AutoCloseable {
  public static final String REGISTRATION_TOKEN = "registration-token-of-the-tests";
  public static final String BOOTSTRAP_TOKEN = "bootstrap-token-of-the-tests";

  private final SettableClock clock;
  private final ConfigurableApplicationContext context;

  private TestServer(SettableClock clock, ConfigurableApplicationContext context) {
    this.clock = clock;
    this.context = context;
  }

  public static TestServer start(Path dir) {
    return start(dir, Map.of());
  }

  /** With these MINITOWER_* settings beside those that every test needs. */
  public static TestServer start(Path dir, Map<String, String> settings) {
    return start(dir, settings, new SettableClock());
  }

  /** On a folder that a server may have used before; the clock goes on where it stood. */
  public static TestServer start(Path dir, Map<String, String> settings, SettableClock clock) {
    Map<String, String> all = new HashMap<>();
    all.put("MINITOWER_DATA_DIR", dir.toString());
    all.put("MINITOWER_LISTEN_ADDR", "127.0.0.1:0");
    all.put("MINITOWER_RUNNER_REGISTRATION_TOKEN", REGISTRATION_TOKEN);
    all.put("MINITOWER_PUBLIC_SIGNUP_ENABLED", "true");
    all.putAll(settings);
    ApplicationContextInitializer<GenericApplicationContext> withClock =
        context -> {
          context.registerBean(InstantSource.class, () -> clock);
          context
              .getEnvironment()
              .getPropertySources()
              .addFirst(new MapPropertySource("tests", Map.of("minitower.timers", "false")));
        };
    return new TestServer(
        clock, MinitowerdMain.start(SettingsReader.read(all::get), List.of(withClock)));
  }

  public SettableClock clock() {
    return clock;
  }

  public URI uri() {
    int port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
    return URI.create("http://127.0.0.1:" + port);
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public ApiClient anonymous() {
    return new ApiClient(uri(), null);
  }

  /** An admin of a new team of that name. */
  public ApiClient team(String slug) {
    String body = "{\"slug\":\"%s\",\"name\":\"%s\",\"password\":\"correct horse\"}".formatted(slug, slug);
    return anonymous().withToken(anonymous().post("/api/v1/teams/signup", body).text("token"));
  }

  /** A newly registered runner of that name. */
  public ApiClient runner(String name) {
    return runner(name, 1);
  }

  public ApiClient runner(String name, int maxConcurrent) {
    String body = "{\"name\":\"%s\",\"max_concurrent\":%d}".formatted(name, maxConcurrent);
    ApiClient operator = anonymous().withToken(REGISTRATION_TOKEN);
    return operator.withToken(operator.post("/api/v1/runners/register", body).text("token"));
  }

  @Override
  public void close() {
    try {
      Invariants.assertHold(context);
    } finally {
      context.close();
    }
  }
}
