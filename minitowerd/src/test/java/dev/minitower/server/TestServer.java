package dev.minitower.server;

import dev.minitower.server.platform.settings.Settings;
import dev.minitower.server.platform.settings.SettingsReader;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * The whole server on a free port, over real files, with a clock that a test moves and no timers: a
 * test calls what they would call.
 */
public final class TestServer implements AutoCloseable {
  public static final String BOOTSTRAP_TOKEN = "bootstrap-token-of-the-tests";
  public static final String REGISTRATION_TOKEN = "registration-token-of-the-tests";

  /** Of every team that {@link #newTeam} makes. */
  public static final String PASSWORD = "correct horse battery";

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final ConfigurableApplicationContext context;
  private final TestClock clock;

  private TestServer(ConfigurableApplicationContext context, TestClock clock) {
    this.context = context;
    this.clock = clock;
  }

  public static TestServer start(Path folder) {
    return start(folder, Map.of());
  }

  /** {@code settings} by their names, beside those that every test needs. */
  public static TestServer start(Path folder, Map<String, String> settings) {
    return start(folder, settings, new TestClock());
  }

  /** Over files that a server may have used before, on the clock that it used. */
  public static TestServer start(Path folder, Map<String, String> settings, TestClock clock) {
    Map<String, String> all = settings(folder);
    all.putAll(settings);
    return start(all, clock, Map.of(), Optional.empty());
  }

  /** With every statement that it sends to its database noted. */
  public static TestServer startRecorded(Path folder, StatementRecorder recorder) {
    return start(settings(folder), new TestClock(), Map.of(), Optional.of(recorder));
  }

  /** With the properties of a library that only tests use. */
  public static TestServer startWith(Path folder, Map<String, Object> properties) {
    return start(settings(folder), new TestClock(), properties, Optional.empty());
  }

  private static Map<String, String> settings(Path folder) {
    Map<String, String> settings = new HashMap<>();
    settings.put("MINITOWER_LISTEN_ADDR", "127.0.0.1:0");
    settings.put("MINITOWER_DATA_DIR", folder.toString());
    settings.put("MINITOWER_BOOTSTRAP_TOKEN", BOOTSTRAP_TOKEN);
    settings.put("MINITOWER_RUNNER_REGISTRATION_TOKEN", REGISTRATION_TOKEN);
    settings.put("MINITOWER_PUBLIC_SIGNUP_ENABLED", "true");
    return settings;
  }

  private static TestServer start(
      Map<String, String> settings,
      TestClock clock,
      Map<String, Object> properties,
      Optional<StatementRecorder> recorder) {
    Settings read = SettingsReader.read(settings::get);
    return new TestServer(
        MinitowerdMain.start(
            read,
            List.of(
                context -> {
                  recorder.ifPresent(context.getBeanFactory()::addBeanPostProcessor);
                  prepare(context, clock, properties);
                })),
        clock);
  }

  private static void prepare(
      GenericApplicationContext context, TestClock clock, Map<String, Object> properties) {
    context.registerBean(TestClock.class, () -> clock);
    Map<String, Object> all = new HashMap<>();
    all.put("minitower.timers", "false");
    all.put("springdoc.api-docs.enabled", "false");
    all.putAll(properties);
    context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", all));
  }

  public TestClock clock() {
    return clock;
  }

  /** Calls, once each, everything that timers call. */
  public void runTimers() {
    for (Object bean : context.getBeansOfType(Object.class, false, false).values()) {
      for (Method method : ClassUtils.getUserClass(bean).getDeclaredMethods()) {
        if (method.isAnnotationPresent(Scheduled.class)) {
          ReflectionUtils.makeAccessible(method);
          Object unused = ReflectionUtils.invokeMethod(method, bean);
        }
      }
    }
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public URI uri(String path) {
    return URI.create(
        "http://127.0.0.1:"
            + context.getEnvironment().getRequiredProperty("local.server.port")
            + path);
  }

  /** A request to be completed and sent. */
  public TestRequest request(String method, String path) {
    return new TestRequest(CLIENT, method, uri(path));
  }

  public TestRequest get(String path) {
    return request("GET", path);
  }

  public TestRequest post(String path) {
    return request("POST", path);
  }

  /** The first team, without the cost of a password. */
  public TestTeam bootstrapTeam(String slug) {
    TestAnswer answer =
        post("/api/v1/bootstrap/team")
            .token(BOOTSTRAP_TOKEN)
            .json("{\"slug\": \"%s\", \"name\": \"%s\"}".formatted(slug, slug))
            .send();
    return new TestTeam(answer.number("team_id"), slug, answer.text("token"));
  }

  /** A team that has signed up. */
  public TestTeam newTeam(String slug) {
    TestAnswer answer =
        post("/api/v1/teams/signup")
            .json(
                """
                {"slug": "%s", "name": "Team %s", "password": "%s"}
                """
                    .formatted(slug, slug, PASSWORD))
            .send();
    return new TestTeam(answer.number("team_id"), slug, answer.text("token"));
  }

  /** A further token of the team. */
  public String newToken(TestTeam team, String role) {
    return post("/api/v1/tokens")
        .token(team.token())
        .json("{\"role\": \"%s\"}".formatted(role))
        .send()
        .text("token");
  }

  /** A runner that has registered; its token. */
  public String newRunner(String name) {
    return post("/api/v1/runners/register")
        .token(REGISTRATION_TOKEN)
        .json("{\"name\": \"%s\"}".formatted(name))
        .send()
        .text("token");
  }

  /** A team and an admin token of it. */
  public record TestTeam(long id, String slug, String token) {}

  /** The token of a runner, registered anew under this name. */
  public String runner(String name, int maxConcurrent) {
    return post("/api/v1/runners/register")
        .token(REGISTRATION_TOKEN)
        .json("{\"name\":\"%s\",\"max_concurrent\":%d}".formatted(name, maxConcurrent))
        .send()
        .text("token");
  }

  /** Whatever a test did, the invariants hold after it. */
  @Override
  public void close() {
    try {
      Invariants.assertHold(context);
    } finally {
      context.close();
    }
  }
}
