package dev.minitower.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigStoreTest {
  @TempDir Path folder;

  @Test
  void file_is_where_the_environment_says() {
    assertThat(ConfigStore.of(Map.of("HOME", "/home/ada")).file())
        .isEqualTo(Path.of("/home/ada/.config/minitower-cli/config.json"));
    assertThat(ConfigStore.of(Map.of("HOME", "/home/ada", "XDG_CONFIG_HOME", "/etc/ada")).file())
        .isEqualTo(Path.of("/etc/ada/minitower-cli/config.json"));
    assertThat(
            ConfigStore.of(
                    Map.of("XDG_CONFIG_HOME", "/etc/ada", "MINITOWER_CLI_CONFIG", "/tmp/mine.json"))
                .file())
        .isEqualTo(Path.of("/tmp/mine.json"));
  }

  @Test
  void new_file_and_its_folder_are_for_the_owner_alone() throws IOException {
    Path file = folder.resolve("made/here/config.json");

    new ConfigStore(file).update(config -> config.set("default", "token", "mtk_a"));

    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(permissions(file.getParent())).isEqualTo("rwx------");
  }

  @Test
  void file_that_others_could_read_is_closed_by_the_next_change() throws IOException {
    Path file = folder.resolve("config.json");
    Files.writeString(file, "{}");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    new ConfigStore(file).update(config -> config.set("default", "token", "mtk_a"));

    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  @Test
  void reader_sees_the_old_content_or_the_new_and_nothing_between() throws Exception {
    Path file = folder.resolve("config.json");
    var store = new ConfigStore(file);
    store.update(config -> config.set("default", "token", "a".repeat(50_000)));
    var writers = Executors.newSingleThreadExecutor();
    Future<?> writing =
        writers.submit(
            () ->
                IntStream.range(0, 100)
                    .forEach(
                        i ->
                            store.update(
                                config ->
                                    config.set(
                                        "default",
                                        "token",
                                        (i % 2 == 0 ? "b" : "a").repeat(50_000)))));

    do {
      assertThat(store.read().profile("default").token()).matches("a{50000}|b{50000}");
    } while (!writing.isDone());

    assertThat(writing.get()).isNull();
    writers.shutdown();
  }

  @Test
  void changes_made_at_the_same_time_are_all_kept() throws Exception {
    Path file = folder.resolve("config.json");
    var threads = Executors.newFixedThreadPool(8);
    Stream<Callable<Void>> changes =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    () -> {
                      new ConfigStore(file)
                          .update(config -> config.set("p" + i, "server", "http://h:" + i));
                      return null;
                    });

    for (Future<Void> change : threads.invokeAll(changes.toList())) {
      assertThat(change.get()).isNull();
    }

    assertThat(new ConfigStore(file).read().names()).hasSize(40);
    threads.shutdown();
  }

  @Test
  void no_temporary_file_is_left() throws IOException {
    new ConfigStore(folder.resolve("config.json")).update(config -> config.set("a", "server", "x"));

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("config.json", "config.json.lock");
    }
  }

  @Test
  void link_to_the_file_stays_a_link() throws IOException {
    Path real = folder.resolve("real.json");
    Path link = folder.resolve("config.json");
    Files.writeString(real, "{}");
    Files.createSymbolicLink(link, real);

    new ConfigStore(link).update(config -> config.set("default", "server", "http://a:1"));

    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(real)).contains("http://a:1");
  }

  @Test
  void what_another_version_wrote_is_kept() throws IOException {
    Path file = folder.resolve("config.json");
    Files.writeString(file, "{\"theme\":\"dark\",\"profiles\":{\"default\":{\"region\":\"eu\"}}}");

    new ConfigStore(file).update(config -> config.set("default", "server", "http://a:1"));

    assertThat(Files.readString(file)).contains("\"dark\"").contains("\"eu\"");
  }

  @Test
  void change_that_fails_leaves_the_file_as_it_was() throws IOException {
    Path file = folder.resolve("config.json");
    var store = new ConfigStore(file);
    store.update(config -> config.set("default", "server", "http://a:1"));
    String before = Files.readString(file);

    assertThatThrownBy(
            () ->
                store.update(
                    config -> {
                      config.set("default", "server", "http://b:2");
                      config.use("nowhere");
                    }))
        .hasMessageContaining("nowhere");

    assertThat(Files.readString(file)).isEqualTo(before);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
