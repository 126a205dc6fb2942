package dev.minitower.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A Python package that pip installs without a network; the format is PEP 427's. */
final class Wheel {
  private Wheel() {}

  /** Version 1.0 of a package with one module of the same name. */
  static void write(Path folder, String name, String module) throws IOException {
    String info = name + "-1.0.dist-info/";
    var files = new LinkedHashMap<String, String>();
    files.put(name + ".py", module);
    files.put(info + "METADATA", "Metadata-Version: 2.1\nName: " + name + "\nVersion: 1.0\n");
    files.put(
        info + "WHEEL",
        "Wheel-Version: 1.0\nGenerator: minitower\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    files.put(info + "RECORD", String.join(",,\n", files.keySet()) + ",,\n" + info + "RECORD,,\n");
    Path wheel = Files.createDirectories(folder).resolve(name + "-1.0-py3-none-any.whl");
    try (var zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(UTF_8));
        zip.closeEntry();
      }
    }
  }
}
