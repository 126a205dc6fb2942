package dev.minitower.cli.config;

import dev.minitower.cli.platform.CliException;
import dev.minitower.cli.platform.Json;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The profiles and which of them is active, as a tree: what another version of this program wrote
 * into the file is kept.
 */
public final class Config {
  public static final String DEFAULT_PROFILE = "default";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final String ACTIVE = "active";
  private static final String PROFILES = "profiles";

  private final ObjectNode root;

  Config(ObjectNode root) {
    this.root = root;
  }

  public String active() {
    String name = Json.text(root, ACTIVE);
    return name.isEmpty() ? DEFAULT_PROFILE : name;
  }

  public List<String> names() {
    return root.path(PROFILES).properties().stream().map(Map.Entry::getKey).sorted().toList();
  }

  public boolean has(String name) {
    return root.path(PROFILES).path(name).isObject();
  }

  /** The profile; an empty one when nothing is remembered under the name. */
  public Profile profile(String name) {
    JsonNode profile = root.path(PROFILES).path(name);
    return new Profile(value(profile, "server"), value(profile, "token"));
  }

  /** Sets one of a profile's values and makes the profile if there is none of that name. */
  public void set(String name, String key, String value) {
    requireName(name);
    ObjectNode profiles = child(root, PROFILES);
    if (profiles.isEmpty()) {
      root.put(ACTIVE, name);
    }
    child(profiles, name).put(key, value);
  }

  public void remove(String name, String key) {
    if (root.path(PROFILES).path(name) instanceof ObjectNode profile) {
      profile.remove(key);
    }
  }

  /** Makes a profile that is there the active one. */
  public void use(String name) {
    if (!has(name)) {
      throw new CliException(
          "there is no profile '"
              + name
              + "'; make it with: minitower-cli login SLUG --profile NAME");
    }
    root.put(ACTIVE, name);
  }

  String toJson() {
    return Json.writeIndented(root);
  }

  static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw CliException.usage(
          "the name of a profile must be 1 to 64 characters of A-Z, a-z, 0-9, '.', '_' and '-',"
              + " beginning with a letter or digit, not '"
              + name
              + "'");
    }
  }

  private static ObjectNode child(ObjectNode parent, String name) {
    return parent.path(name) instanceof ObjectNode there ? there : parent.putObject(name);
  }

  private static @Nullable String value(JsonNode profile, String key) {
    String value = Json.text(profile, key);
    return value.isEmpty() ? null : value;
  }
}
