package dev.minitower.runner.execution;

import dev.minitower.model.towerfile.ParameterNames;
import java.io.File;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The environment variables of a workload, built from nothing: what is not listed here doesn't get
 * in, above all nothing secret of the runner's.
 */
final class WorkloadEnvironment {
  private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";
  private static final Pattern INHERITED = Pattern.compile("PATH|LANG|LANGUAGE|LC_[A-Z]+|TZ");

  /** What an installer needs to reach the operator's package index. */
  private static final Pattern INSTALLER =
      Pattern.compile(
          "PIP_.*|UV_.*|SSL_CERT_FILE|SSL_CERT_DIR|REQUESTS_CA_BUNDLE"
              + "|(?i:https?_proxy|no_proxy|all_proxy)");

  /** What would lead packages elsewhere, or is a secret for other purposes. */
  private static final Pattern NOT_FOR_INSTALLERS =
      Pattern.compile(
          "PIP_(TARGET|PREFIX|ROOT|USER|PYTHON|REQUIRE_VIRTUALENV|CACHE_DIR|NO_CACHE_DIR|REPORT|LOG)"
              + "|UV_(TARGET|PREFIX|PYTHON|SYSTEM_PYTHON|BREAK_SYSTEM_PACKAGES|MANAGED_PYTHON"
              + "|PROJECT|PROJECT_ENVIRONMENT|WORKING_DIRECTORY|CACHE_DIR|NO_CACHE|LINK_MODE|DRY_RUN"
              + "|VENV_.*|PUBLISH_.*|GITHUB_TOKEN)");

  private final Map<String, String> runners;
  private final JsonMapper json = new JsonMapper();

  /**
   * @param runners the environment of this program
   */
  WorkloadEnvironment(Map<String, String> runners) {
    this.runners = Map.copyOf(runners);
  }

  /** What every process of the workload gets. */
  Map<String, String> of(Workload workload, Workspace workspace) {
    Map<String, String> environment = inherited();
    workload.input().forEach((name, value) -> putInput(environment, name, value));
    putFolders(environment, workspace);
    environment.put("MINITOWER_INPUT", json.writeValueAsString(workload.input()));
    environment.putAll(workload.facts());
    if (!workload.importPaths().isEmpty()) {
      environment.put("PYTHONPATH", pythonPath(workload, workspace));
    }
    return environment;
  }

  /** What an installer of packages gets: no input, but the way to the package index. */
  Map<String, String> ofInstaller(Workspace workspace) {
    Map<String, String> environment = inherited();
    putFolders(environment, workspace);
    runners.forEach(
        (name, value) -> {
          if (isForInstallers(name)) {
            environment.put(name, value);
          }
        });
    environment.put("PIP_ROOT_USER_ACTION", "ignore");
    return environment;
  }

  private static boolean isForInstallers(String name) {
    return INSTALLER.matcher(name).matches() && !NOT_FOR_INSTALLERS.matcher(name).matches();
  }

  private Map<String, String> inherited() {
    var environment = new HashMap<String, String>();
    environment.put("PATH", DEFAULT_PATH);
    runners.forEach(
        (name, value) -> {
          if (INHERITED.matcher(name).matches()) {
            environment.put(name, value);
          }
        });
    return environment;
  }

  private static void putFolders(Map<String, String> environment, Workspace workspace) {
    environment.put("HOME", workspace.home().toString());
    environment.put("TMPDIR", workspace.temporary().toString());
    environment.put("PYTHONUNBUFFERED", "1");
  }

  /** A name or value that no environment can hold is still in the whole input. */
  private void putInput(Map<String, String> environment, String name, @Nullable Object value) {
    if (ParameterNames.problem(name).isPresent()) {
      return;
    }
    String text = value instanceof String string ? string : json.writeValueAsString(value);
    if (text.indexOf('\0') < 0) {
      environment.put(name, text);
    }
  }

  private static String pythonPath(Workload workload, Workspace workspace) {
    return workload.importPaths().stream()
        .map(path -> workspace.project().resolve(path).normalize().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
