package dev.minitower.runner.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkloadEnvironmentTest {
  private static final Workspace WORKSPACE = new Workspace(Path.of("/w/project"), Path.of("/w"));

  private final WorkloadEnvironment environment =
      new WorkloadEnvironment(
          Map.of(
              "PATH", "/opt/bin:/bin",
              "LANG", "de_DE.UTF-8",
              "LC_ALL", "C.UTF-8",
              "TZ", "Europe/Berlin",
              "HOME", "/root",
              "MINITOWER_RUNNER_REGISTRATION_TOKEN", "secret",
              "AWS_SECRET_ACCESS_KEY", "secret",
              "LD_PRELOAD", "/tmp/x.so",
              "PIP_INDEX_URL", "http://user:secret@index",
              "https_proxy", "http://proxy"));

  @Test
  void only_what_is_listed_is_inherited() {
    assertThat(of(Map.of()))
        .containsOnly(
            Map.entry("PATH", "/opt/bin:/bin"),
            Map.entry("LANG", "de_DE.UTF-8"),
            Map.entry("LC_ALL", "C.UTF-8"),
            Map.entry("TZ", "Europe/Berlin"),
            Map.entry("HOME", "/w/home"),
            Map.entry("TMPDIR", "/w/tmp"),
            Map.entry("PYTHONUNBUFFERED", "1"),
            Map.entry("MINITOWER_INPUT", "{}"),
            Map.entry("MINITOWER_RUN_ID", "7"));
  }

  @Test
  void input_becomes_variables_strings_as_they_are_and_all_else_as_json() {
    var input = new LinkedHashMap<String, Object>();
    input.put("name", "Ada \"Countess\"\nLovelace");
    input.put("count", 3);
    input.put("ratio", 0.5);
    input.put("deep", Map.of("list", List.of(1, 2)));
    input.put("on", true);
    input.put("nothing", null);

    assertThat(of(input))
        .containsEntry("name", "Ada \"Countess\"\nLovelace")
        .containsEntry("count", "3")
        .containsEntry("ratio", "0.5")
        .containsEntry("deep", "{\"list\":[1,2]}")
        .containsEntry("on", "true")
        .containsEntry("nothing", "null")
        .containsEntry(
            "MINITOWER_INPUT",
            "{\"name\":\"Ada \\\"Countess\\\"\\nLovelace\",\"count\":3,\"ratio\":0.5,"
                + "\"deep\":{\"list\":[1,2]},\"on\":true,\"nothing\":null}");
  }

  @Test
  void input_can_not_change_how_the_process_is_loaded_or_what_the_runner_says() {
    var hostile =
        Map.<String, Object>of(
            "TMPDIR", "/evil",
            "PATH", "/evil",
            "LD_PRELOAD", "/evil.so",
            "PYTHONPATH", "/evil",
            "PYTHONSTARTUP", "/evil",
            "HOME", "/evil",
            "BASH_ENV", "/evil",
            "IFS", "x",
            "MINITOWER_RUN_ID", "666",
            "MINITOWER_STOPPING", "1");

    Map<String, String> result = of(hostile);

    assertThat(result.entrySet())
        .filteredOn(entry -> !entry.getKey().equals("MINITOWER_INPUT"))
        .noneMatch(entry -> entry.getValue().startsWith("/evil") || entry.getValue().equals("666"));
    assertThat(result).doesNotContainKeys("LD_PRELOAD", "BASH_ENV", "IFS", "MINITOWER_STOPPING");
    assertThat(result).containsEntry("MINITOWER_RUN_ID", "7");
  }

  @Test
  void names_and_values_that_no_environment_can_hold_are_only_in_the_whole_input() {
    Map<String, String> result = of(Map.of("a=b", "x", "with-dash", "x", "", "x", "nul", "a\0b"));

    assertThat(result).doesNotContainKeys("a=b", "with-dash", "", "nul");
    assertThat(result.get("MINITOWER_INPUT")).contains("a\\u0000b").contains("with-dash");
  }

  @Test
  void import_paths_come_in_order_and_absolute() {
    var workload = workload(Map.of(), List.of("lib", "src/common"));

    assertThat(environment.of(workload, WORKSPACE))
        .containsEntry("PYTHONPATH", "/w/project/lib:/w/project/src/common");
  }

  @Test
  void installer_gets_the_way_to_the_index_and_no_other_secret() {
    assertThat(environment.ofInstaller(WORKSPACE))
        .containsEntry("PIP_INDEX_URL", "http://user:secret@index")
        .containsEntry("https_proxy", "http://proxy")
        .containsEntry("HOME", "/w/home")
        .doesNotContainKeys(
            "AWS_SECRET_ACCESS_KEY", "MINITOWER_RUNNER_REGISTRATION_TOKEN", "MINITOWER_INPUT");
  }

  @Test
  void installer_gets_no_setting_that_leads_packages_elsewhere_and_no_secret_for_other_purposes() {
    var variables =
        Map.of(
            "UV_INDEX", "https://index",
            "UV_SYSTEM_PYTHON", "1",
            "UV_CACHE_DIR", "/elsewhere",
            "UV_PUBLISH_TOKEN", "secret",
            "PIP_TARGET", "/elsewhere",
            "PIP_CACHE_DIR", "/elsewhere");

    assertThat(new WorkloadEnvironment(variables).ofInstaller(WORKSPACE))
        .containsEntry("UV_INDEX", "https://index")
        .doesNotContainKeys(
            "UV_SYSTEM_PYTHON", "UV_CACHE_DIR", "UV_PUBLISH_TOKEN", "PIP_TARGET", "PIP_CACHE_DIR");
  }

  private Map<String, String> of(Map<String, Object> input) {
    return environment.of(workload(input, List.of()), WORKSPACE);
  }

  private static Workload workload(Map<String, Object> input, List<String> importPaths) {
    return new Workload(
        "main.py",
        importPaths,
        input,
        Map.of("MINITOWER_RUN_ID", "7"),
        Duration.ofSeconds(1),
        new Marker("instance", 1));
  }
}
