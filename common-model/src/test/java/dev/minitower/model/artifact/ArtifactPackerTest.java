package dev.minitower.model.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.minitower.model.towerfile.Towerfile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactPackerTest {
  private static final String LONG = "n".repeat(70) + "/" + "m".repeat(70) + ".py";

  @TempDir Path dir;
  private Path project;

  @BeforeEach
  void makeProject() throws IOException {
    project = Files.createDirectory(dir.resolve("project"));
    write(project, "Towerfile", TestTar.TOWERFILE);
    write(project, "main.py", "print('hi')\n");
  }

  private static void write(Path root, String name, String content) throws IOException {
    Path file = root.resolve(name);
    Path unused = Files.createDirectories(file.getParent());
    Path unusedFile = Files.writeString(file, content);
  }

  private void write(String name) throws IOException {
    write(project, name, "content of " + name);
  }

  private void link(String name, String target) throws IOException {
    Path link = project.resolve(name);
    Path unused = Files.createDirectories(link.getParent());
    Path unusedFile = Files.createSymbolicLink(link, Path.of(target));
  }

  private static Towerfile towerfile(String... source) {
    return script("main.py", source);
  }

  private static Towerfile script(String script, String... source) {
    return new Towerfile("demo", script, List.of(source), List.of(), null, null, null, List.of());
  }

  private List<String> list(String... source) {
    return ArtifactPacker.list(project, towerfile(source)).stream().map(PackedFile::path).toList();
  }

  private PackedArtifact pack(Path root, String name) {
    return ArtifactPacker.pack(root, towerfile(), dir.resolve(name));
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void every_file_that_is_not_hidden_or_generated_is_packed_without_a_source() throws IOException {
    for (String name :
        List.of(
            "a/b/c.txt",
            "z",
            "Makefile",
            ".env",
            ".git/config",
            ".hidden/x",
            "a/.hidden",
            "node_modules/x/i.js",
            "a/__pycache__/c.pyc",
            ".venv/bin/python",
            "web/node_modules/y")) {
      write(name);
    }

    assertThat(list()).containsExactly("Makefile", "Towerfile", "a/b/c.txt", "main.py", "z");
  }

  @Test
  void any_glob_may_match_and_the_towerfile_is_always_there_once() throws IOException {
    write("src/a.py");
    write("src/b.txt");
    write("data/x.csv");
    write("other.md");

    assertThat(list("main.py", "src/*.py", "**/*.csv"))
        .containsExactly("Towerfile", "data/x.csv", "main.py", "src/a.py");
    assertThat(list("**", "main.py", "Towerfile")).containsOnlyOnce("Towerfile", "main.py");
    assertThat(list("main.py", "src"))
        .containsExactly("Towerfile", "main.py", "src/a.py", "src/b.txt");
  }

  @Test
  void hidden_files_and_installed_ones_come_along_if_a_glob_names_them() throws IOException {
    write(".env");
    write(".config/a");
    write("node_modules/x/i.js");

    assertThat(list("main.py", ".env", ".config/*", "node_modules/**"))
        .containsExactly(".config/a", ".env", "Towerfile", "main.py", "node_modules/x/i.js");
  }

  @Test
  void ignore_file_leaves_files_out() throws IOException {
    write(project, ".minitowerignore", "*.csv\n!keep.csv\n/tmp/\nTowerfile\n");
    write("a.csv");
    write("x/b.csv");
    write("keep.csv");
    write("tmp/x");
    write("x/tmp/y");

    assertThat(list()).containsExactly("Towerfile", "keep.csv", "main.py", "x/tmp/y");
  }

  @Test
  void sizes_are_those_of_the_files() {
    assertThat(ArtifactPacker.list(project, towerfile()))
        .containsExactly(
            new PackedFile("Towerfile", TestTar.TOWERFILE.length()), new PackedFile("main.py", 12));
  }

  @Test
  void packed_artifact_is_what_a_server_finds_in_it() throws Exception {
    write("lib/größe.py");
    write(LONG);
    link("lib/latest", "../main.py");

    PackedArtifact packed = pack(project, "out.tar.gz");

    byte[] bytes = Files.readAllBytes(packed.file());
    try (InputStream in = Files.newInputStream(packed.file())) {
      InspectedArtifact inspected = ArtifactInspector.inspect(in, ArtifactLimits.DEFAULT);
      assertThat(inspected.contentSha256()).isEqualTo(packed.contentSha256());
      assertThat(inspected.artifactSha256())
          .isEqualTo(packed.artifactSha256())
          .isEqualTo(sha256(bytes));
      assertThat(inspected.artifactSize()).isEqualTo(packed.size()).isEqualTo(bytes.length);
    }
    assertThat(packed.files())
        .extracting(PackedFile::path)
        .containsExactly("Towerfile", "lib/größe.py", "lib/latest", "main.py", LONG);
  }

  @Test
  void tar_holds_nothing_but_names_contents_and_execute_bits() throws Exception {
    write("run.sh");
    Path unused =
        Files.setPosixFilePermissions(
            project.resolve("run.sh"), PosixFilePermissions.fromString("rwxrwxr-x"));
    write(LONG);
    link("l", "main.py");

    PackedArtifact packed = pack(project, "out.tar.gz");

    List<String> entries = new ArrayList<>();
    try (var gzip = new GZIPInputStream(Files.newInputStream(packed.file()));
        var tar = new TarArchiveInputStream(gzip, "UTF-8")) {
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        entries.add(
            "%s %o %s%d %d:%d '%s' '%s'"
                .formatted(
                    e.getName(),
                    e.getMode(),
                    e.isSymbolicLink() ? e.getLinkName() + " " : "",
                    e.getLastModifiedTime().toMillis(),
                    e.getLongUserId(),
                    e.getLongGroupId(),
                    e.getUserName(),
                    e.getGroupName()));
      }
    }
    assertThat(entries)
        .containsExactly(
            "Towerfile 644 0 0:0 '' ''",
            "l 777 main.py 0 0:0 '' ''",
            "main.py 644 0 0:0 '' ''",
            LONG + " 644 0 0:0 '' ''",
            "run.sh 755 0 0:0 '' ''");
  }

  @Test
  void same_tree_gives_the_same_bytes_whoever_packs_it_when_and_where() throws Exception {
    Path other = Files.createDirectory(dir.resolve("elsewhere"));
    for (String name : List.of("z.txt", LONG, "lib/größe.py", "a/b", "main.py", "Towerfile")) {
      String content = name.equals("Towerfile") ? TestTar.TOWERFILE : "content of " + name;
      write(other, name, content);
      Path file = other.resolve(name);
      Path unused = Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
      Path unusedFile =
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    for (String name : List.of("main.py", "a/b", "lib/größe.py", LONG, "z.txt")) {
      write(name);
    }
    String user = System.getProperty("user.name");

    PackedArtifact first = pack(project, "first.tar.gz");
    PackedArtifact second;
    try {
      System.setProperty("user.name", "somebody-else");
      second = pack(other, "second.tar.gz");
    } finally {
      System.setProperty("user.name", user);
    }

    assertThat(second.contentSha256()).isEqualTo(first.contentSha256());
    assertThat(second.artifactSha256()).isEqualTo(first.artifactSha256());
    assertThat(Files.mismatch(first.file(), second.file())).isEqualTo(-1);
  }

  @Test
  void content_of_a_known_tree_has_a_known_digest() {
    assertThat(pack(project, "out.tar.gz").contentSha256())
        .isEqualTo("6f88cf8a55ec725a2652df0135123a7f56b17f778a7e3d7b88381fd7720f3c3b");
  }

  @Test
  void execute_bit_name_and_content_each_change_the_digest() throws IOException {
    String before = pack(project, "0").contentSha256();

    Path main = project.resolve("main.py");
    Path unused = Files.setPosixFilePermissions(main, PosixFilePermissions.fromString("rwxr--r--"));
    String executable = pack(project, "1").contentSha256();
    write(project, "main.py", "print('ho')\n");
    String changed = pack(project, "2").contentSha256();
    write("more");
    String more = pack(project, "3").contentSha256();
    link("l", "main.py");
    String linked = pack(project, "4").contentSha256();

    assertThat(List.of(before, executable, changed, more, linked)).doesNotHaveDuplicates();
  }

  @Test
  void links_are_kept_and_not_followed() throws IOException {
    write("real/x.txt");
    link("folder", "real");
    link("dangling", "not/there/yet");

    assertThat(list()).containsExactly("Towerfile", "dangling", "folder", "main.py", "real/x.txt");
  }

  @Test
  void link_out_of_the_project_is_an_error() throws IOException {
    link("a/out", "../../secret");

    assertThatThrownBy(() -> list())
        .isInstanceOf(PackagingException.class)
        .hasMessage("'a/out' can't be packed: it is a link that leaves the project.");
    assertThat(list("main.py")).containsExactly("Towerfile", "main.py");
  }

  @Test
  void absolute_link_is_an_error_even_into_the_project() throws IOException {
    link("abs", project.resolve("main.py").toString());

    assertThatThrownBy(() -> list())
        .isInstanceOf(PackagingException.class)
        .hasMessageContaining("'abs' can't be packed: it is a link whose target is");
  }

  @Test
  void fifo_is_an_error() throws Exception {
    Process mkfifo =
        new ProcessBuilder("mkfifo", project.resolve("pipe").toString()).inheritIO().start();
    assertThat(mkfifo.waitFor()).isZero();

    assertThatThrownBy(() -> list())
        .isInstanceOf(PackagingException.class)
        .hasMessage("'pipe' can't be packed: it is neither a file nor a folder nor a link.");
  }

  @Test
  void unreadable_file_is_an_error_that_names_it() throws IOException {
    write("secret");
    Path secret = project.resolve("secret");
    Path unused =
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(secret), "root reads everything");

    assertThatThrownBy(() -> pack(project, "out.tar.gz"))
        .isInstanceOf(PackagingException.class)
        .hasMessageContaining("secret")
        .hasMessageContaining("permission denied");
    assertThat(dir.resolve("out.tar.gz")).doesNotExist();
  }

  @Test
  void missing_towerfile_is_an_error() throws IOException {
    Files.delete(project.resolve("Towerfile"));

    assertThatThrownBy(() -> list())
        .isInstanceOf(PackagingException.class)
        .hasMessage("There is no file 'Towerfile' in " + project + ".");
  }

  @Test
  void glob_without_wildcards_must_match() throws IOException {
    write("a.csv");
    write(project, ".minitowerignore", "a.csv\n");

    assertThatThrownBy(() -> list("main.py", "nowhere.txt"))
        .isInstanceOf(PackagingException.class)
        .hasMessageContaining("source 'nowhere.txt' matches no file");
    assertThatThrownBy(() -> list("main.py", "a.csv"))
        .isInstanceOf(PackagingException.class)
        .hasMessageContaining("source 'a.csv' matches no file");
    assertThat(list("main.py", "*.nothing")).containsExactly("Towerfile", "main.py");
  }

  @Test
  void script_must_be_among_the_files() throws IOException {
    write("other.py");

    assertThatThrownBy(() -> ArtifactPacker.list(project, script("gone.py")))
        .isInstanceOf(PackagingException.class)
        .hasMessage("The script 'gone.py' does not exist.");
    assertThatThrownBy(() -> list("other.py"))
        .isInstanceOf(PackagingException.class)
        .hasMessageContaining("The script 'main.py' is left out by the Towerfile's source");
  }

  @Test
  void script_may_be_reached_by_links_if_what_they_lead_to_is_packed() throws IOException {
    write("real/task.py");
    link("latest", "real");
    link("start.py", "latest/task.py");

    assertThat(ArtifactPacker.list(project, script("start.py"))).hasSize(5);
    assertThat(ArtifactPacker.list(project, script("latest/task.py"))).hasSize(5);
    assertThatThrownBy(() -> ArtifactPacker.list(project, script("start.py", "start.py")))
        .isInstanceOf(PackagingException.class)
        .hasMessageContaining("The script 'start.py' is left out");
  }

  @Test
  void names_that_no_archive_may_hold_are_an_error() throws IOException {
    write("back\\slash");

    assertThatThrownBy(() -> list())
        .isInstanceOf(PackagingException.class)
        .hasMessageContaining("'back\\slash' can't be packed: it must not hold");
  }

  @Test
  void target_in_the_project_is_replaced_and_not_packed() throws IOException {
    Path target = project.resolve("app.tar.gz");
    Path unused = Files.writeString(target, "of yesterday");

    PackedArtifact first = ArtifactPacker.pack(project, towerfile(), target);
    PackedArtifact second = ArtifactPacker.pack(project, towerfile(), target);

    assertThat(first.files()).extracting(PackedFile::path).containsExactly("Towerfile", "main.py");
    assertThat(second.artifactSha256()).isEqualTo(first.artifactSha256());
    try (var files = Files.list(project)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("Towerfile", "main.py", "app.tar.gz");
    }
  }

  @Test
  void target_that_can_not_be_written_is_named() {
    Path target = dir.resolve("no/such/folder/out.tar.gz");

    assertThatThrownBy(() -> ArtifactPacker.pack(project, towerfile(), target))
        .isInstanceOf(PackagingException.class)
        .hasMessageContaining(target.toString());
  }

  @Test
  void ignore_file_that_is_no_text_is_an_error() throws IOException {
    Path unused =
        Files.write(project.resolve(".minitowerignore"), new byte[] {(byte) 0xff, (byte) 0xfe});

    assertThatThrownBy(() -> list())
        .isInstanceOf(PackagingException.class)
        .hasMessageContaining(".minitowerignore: it is not UTF-8.");
  }

  @Test
  void large_file_is_packed_whole() throws Exception {
    byte[] large = "0123456789abcdef".repeat(200_000).getBytes(UTF_8);
    for (int i = 0; i < large.length; i += 7) {
      large[i] = (byte) ((i * 31) >> 3);
    }
    Path unused = Files.write(project.resolve("large.bin"), large);
    PackedArtifact packed = pack(project, "out.tar.gz");
    Path target = Files.createDirectory(dir.resolve("target"));

    try (InputStream in = Files.newInputStream(packed.file())) {
      ReadArtifact read = ArtifactUnpacker.unpack(in, target, ArtifactLimits.DEFAULT);
      assertThat(read.contentSha256()).isEqualTo(packed.contentSha256());
    }

    assertThat(Files.mismatch(target.resolve("large.bin"), project.resolve("large.bin")))
        .isEqualTo(-1);
  }
}
