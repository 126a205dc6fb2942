package dev.minitower.cli;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The program as others start it: a command line for a process of its own, and its jar. */
final class RealCli {
  private RealCli() {}

  static List<String> command(String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("dev.minitower.cli.CliMain");
    command.addAll(List.of(args));
    return command;
  }

  /** An environment in which nothing of whoever runs the tests is left but the PATH. */
  static void cleanEnvironment(Map<String, String> environment, Path home) {
    String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
    environment.clear();
    environment.putAll(Map.of("PATH", path, "HOME", home.toString(), "TERM", "xterm"));
  }

  /** Packs what the tests run with, as the build packs the jar, but for the order of files. */
  static Path packJar(Path jar) throws IOException {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, CliMain.class.getName());
    manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "1.2.3");
    Set<String> packed = new HashSet<>();
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
        Path path = Path.of(entry);
        if (Files.isDirectory(path) && !path.endsWith("test-classes")) {
          packFolder(path, out, packed);
        } else if (Files.isRegularFile(path)) {
          packArchive(path, out, packed);
        }
      }
    }
    return jar;
  }

  private static void packFolder(Path folder, JarOutputStream out, Set<String> packed)
      throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (begins(folder.relativize(file).toString(), out, packed)) {
          Files.copy(file, out);
        }
      }
    }
  }

  private static void packArchive(Path archive, JarOutputStream out, Set<String> packed)
      throws IOException {
    try (var in = new JarFile(archive.toFile())) {
      for (var entry : in.stream().filter(each -> !each.isDirectory()).toList()) {
        if (begins(entry.getName(), out, packed)) {
          in.getInputStream(entry).transferTo((OutputStream) out);
        }
      }
    }
  }

  private static boolean begins(String name, JarOutputStream out, Set<String> packed)
      throws IOException {
    if (name.startsWith("META-INF/") && !name.startsWith("META-INF/versions/")) {
      return false;
    }
    if (name.endsWith("module-info.class") || !packed.add(name)) {
      return false;
    }
    out.putNextEntry(new ZipEntry(name));
    return true;
  }
}
