package dev.minitower.cli.command;

import dev.minitower.cli.platform.CliException;
import dev.minitower.cli.platform.Json;
import dev.minitower.model.towerfile.InvalidTowerfileException;
import dev.minitower.model.towerfile.Towerfile;
import dev.minitower.model.towerfile.TowerfileParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A first Towerfile, with what can be added to it as comments. */
final class NewTowerfile {
  private NewTowerfile() {}

  /** The file appears only when it is good and all of it is written. */
  static Towerfile write(Path file, String app, String script) throws IOException {
    String text = text(app, script);
    Towerfile towerfile;
    try {
      towerfile = TowerfileParser.parse(text).towerfile();
    } catch (InvalidTowerfileException refused) {
      throw CliException.usage(String.valueOf(refused.getMessage()));
    }
    Path temporary = file.resolveSibling(".Towerfile.new");
    Files.writeString(temporary, text);
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    return towerfile;
  }

  /** Strings of JSON are strings of TOML. */
  private static String text(String app, String script) {
    return """
        # What MiniTower packs and runs. 'minitower-cli validate' checks it.

        [app]
        name = %s
        script = %s
        # All files are packed but those that .minitowerignore names; or name them yourself:
        # source = ["**/*.py"]

        # [app.timeout]
        # seconds = 300

        # Each parameter is an environment variable of the run.
        # [[parameters]]
        # name = "GREETING"
        # description = "How to greet"
        # type = "string"
        # default = "Hello"
        """
        .formatted(Json.quoted(app), Json.quoted(script));
  }
}
