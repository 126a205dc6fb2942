package dev.minitower.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A person's folder with a Towerfile. */
record Project(String app, Path folder) {

  /**
   * @param towerfile what follows {@code name} in the {@code [app]} table
   */
  static Project make(Path parent, String app, String towerfile) {
    var project = new Project(app, parent.resolve(app));
    return project.with("Towerfile", "[app]\nname = \"" + app + "\"\n" + towerfile);
  }

  /** With one Python script and nothing else. */
  static Project python(Path parent, String app, String script) {
    return make(parent, app, "script = \"main.py\"\n").with("main.py", script);
  }

  Project with(String path, String content) {
    try {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
