package dev.minitower.runner.execution;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes Python packages that pip installs without a network. */
public final class Wheels {
  private Wheels() {}

  /** A package of one module, whose text this is. */
  public static void make(Path folder, String name, String module) throws IOException {
    make(folder, name, module, "");
  }

  /**
   * With a program of the package's name.
   *
   * @param main the function of the module that it calls; empty for no program
   */
  static void make(Path folder, String name, String module, String main) throws IOException {
    Files.createDirectories(folder);
    String info = name + "-1.0.dist-info/";
    String programs = "[console_scripts]\n" + name + " = " + name + ":" + main + "\n";
    var files =
        Map.of(
            name + ".py",
            module,
            info + "METADATA",
            "Metadata-Version: 2.1\nName: " + name + "\nVersion: 1.0\n",
            info + "WHEEL",
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            info + "entry_points.txt",
            main.isEmpty() ? "" : programs);
    var record = new StringBuilder(info + "RECORD,,\n");
    Path wheel = folder.resolve(name + "-1.0-py3-none-any.whl");
    try (var zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        record.append(file.getKey()).append(",,\n");
        put(zip, file.getKey(), file.getValue());
      }
      put(zip, info + "RECORD", record.toString());
    }
  }

  private static void put(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(UTF_8));
    zip.closeEntry();
  }
}
