package dev.minitower.cli.config;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.minitower.cli.platform.CliException;
import dev.minitower.cli.platform.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file with the profiles: readable by its owner alone, and at every instant either the old or
 * the new content. Changes of several processes happen one after the other, under a lock on a file
 * beside it.
 */
public final class ConfigStore {
  private static final Object ONE_AT_A_TIME_IN_THIS_JVM = new Object();

  private final Path file;

  ConfigStore(Path file) {
    this.file = file;
  }

  /**
   * {@code MINITOWER_CLI_CONFIG}, else {@code minitower-cli/config.json} where XDG puts settings.
   */
  public static ConfigStore of(Map<String, String> environment) {
    String explicit = environment.getOrDefault("MINITOWER_CLI_CONFIG", "");
    if (!explicit.isEmpty()) {
      return new ConfigStore(Path.of(explicit).toAbsolutePath());
    }
    String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path folder =
        Path.of(xdg).isAbsolute()
            ? Path.of(xdg)
            : Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", ".")))
                .resolve(".config");
    return new ConfigStore(folder.resolve("minitower-cli").resolve("config.json").toAbsolutePath());
  }

  public Path file() {
    return file;
  }

  public Config read() {
    try {
      String text = Files.readString(file);
      if (Json.parse(text) instanceof ObjectNode root) {
        return new Config(root);
      }
      throw unreadable("it holds no JSON object");
    } catch (NoSuchFileException firstUse) {
      return new Config(Json.object());
    } catch (JacksonException malformed) {
      throw unreadable("it isn't JSON" + Json.position(malformed));
    } catch (CharacterCodingException notText) {
      throw unreadable("it isn't UTF-8 text");
    } catch (IOException failed) {
      throw new CliException("can't read " + file + ": " + reason(failed));
    }
  }

  /** Reads, changes and writes the file; nobody else's change between is lost. */
  public void update(Consumer<Config> change) {
    synchronized (ONE_AT_A_TIME_IN_THIS_JVM) {
      try {
        createFolder();
        try (FileChannel channel = FileChannel.open(lockFile(), CREATE, WRITE);
            var lock = channel.lock()) {
          Config config = read();
          change.accept(config);
          if (lock.isValid()) {
            write(config.toJson());
          }
        }
      } catch (IOException failed) {
        throw new CliException("can't write " + file + ": " + reason(failed));
      }
    }
  }

  private void write(String json) throws IOException {
    Path target = Files.exists(file) ? file.toRealPath() : file;
    Path temporary =
        Files.createTempFile(target.getParent(), "config", ".tmp", ownerOnly("rw-------"));
    try {
      try (FileChannel channel = FileChannel.open(temporary, WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap((json + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private void createFolder() throws IOException {
    Path folder = file.getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      Files.createDirectories(folder, ownerOnly("rwx------"));
    }
  }

  private Path lockFile() {
    return file.resolveSibling(file.getFileName() + ".lock");
  }

  /** Nothing on a file system without owners; what its folder allows decides there. */
  private static FileAttribute<?>[] ownerOnly(String permissions) {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }

  private CliException unreadable(String cause) {
    return new CliException(
        "can't use the configuration " + file + ": " + cause + "; correct the file or delete it");
  }

  private static String reason(IOException failed) {
    String kind = failed.getClass().getSimpleName().replace("Exception", "");
    return failed.getMessage() == null ? kind : kind + " " + failed.getMessage();
  }
}
