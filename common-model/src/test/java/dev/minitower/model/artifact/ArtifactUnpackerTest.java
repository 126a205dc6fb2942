package dev.minitower.model.artifact;

import static dev.minitower.model.artifact.TestTar.empty;
import static dev.minitower.model.artifact.TestTar.good;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minitower.model.towerfile.TowerfileParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArtifactUnpackerTest {
  @TempDir Path dir;
  private Path target;

  @BeforeEach
  void makeTarget() throws IOException {
    target = Files.createDirectory(dir.resolve("target"));
  }

  private ReadArtifact unpack(TestTar tar) throws IOException {
    return ArtifactUnpacker.unpack(tar.stream(), target, ArtifactLimits.DEFAULT);
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(target.resolve(name), LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void tree_is_written_for_its_user_alone() throws IOException {
    TestTar tar =
        empty()
            .folder("empty")
            .entry("run.sh", TarConstants.LF_NORMAL, "R".getBytes(UTF_8), e -> e.setMode(04777))
            .entry("a/b/c.txt", TarConstants.LF_NORMAL, "C".getBytes(UTF_8), e -> e.setMode(0))
            .link("a/latest", "../run.sh")
            .hardLink("a/same", "run.sh");

    ReadArtifact read = unpack(tar);

    assertThat(read.artifactBytes()).isPositive();
    assertThat(target.resolve("empty")).isEmptyDirectory();
    assertThat(target.resolve("run.sh")).hasContent("R");
    assertThat(target.resolve("a/b/c.txt")).hasContent("C");
    assertThat(target.resolve("a/latest")).isSymbolicLink().hasContent("R");
    assertThat(target.resolve("a/same")).isSymbolicLink().hasContent("R");
    assertThat(List.of(mode("run.sh"), mode("a/b/c.txt"), mode("a"), mode("a/b"), mode("empty")))
        .containsExactly("rwx------", "rw-------", "rwx------", "rwx------", "rwx------");
  }

  static Stream<TestTar> escapes() {
    return Stream.of(
        good().file("../escaped", "x"),
        good().file("/tmp/../escaped", "x"),
        good().link("l", "..").file("l/escaped", "x"),
        good().link("l", ".").file("l/escaped", "x"),
        good().link("l", "../escaped").file("l", "x"),
        good().file("l", "x").link("l", "../escaped"),
        good().hardLink("h", "../../etc/passwd"),
        good().link("a/l", "../..").file("a/l/escaped", "x"),
        good().folder("d").link("d", "..").file("d/escaped", "x"),
        good().folder("b").link("a/l", "../b").link("m", "a/l/../..").file("m/escaped", "x"));
  }

  @ParameterizedTest
  @MethodSource("escapes")
  void nothing_is_written_outside(TestTar tar) throws IOException {
    assertThatThrownBy(() -> unpack(tar)).isInstanceOf(InvalidArtifactException.class);

    try (Stream<Path> beside = Files.list(dir)) {
      assertThat(beside).containsExactly(target);
    }
    try (Stream<Path> inside = Files.walk(target)) {
      assertThat(inside.filter(Files::isSymbolicLink))
          .allSatisfy(
              link ->
                  assertThat(link.getParent().resolve(Files.readSymbolicLink(link)).normalize())
                      .startsWith(target));
    }
  }

  @Test
  void folder_must_be_there_and_empty() throws IOException {
    Path unused = Files.writeString(target.resolve("old"), "x");

    assertThatThrownBy(() -> unpack(good())).isInstanceOf(IllegalArgumentException.class);
    assertThat(target.resolve("main.py")).doesNotExist();

    Files.delete(target.resolve("old"));
    Files.delete(target);
    assertThatThrownBy(() -> unpack(good())).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void what_was_packed_is_what_is_unpacked() throws IOException {
    Path project = Files.createDirectory(dir.resolve("project"));
    Path main = Files.writeString(project.resolve("main.py"), "print('hi')\n");
    Path unused = Files.setPosixFilePermissions(main, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path towerfile = Files.writeString(project.resolve("Towerfile"), TestTar.TOWERFILE);
    Path link = Files.createSymbolicLink(project.resolve("start"), Path.of("main.py"));
    var parsed = TowerfileParser.parse(Files.readString(towerfile)).towerfile();
    PackedArtifact packed = ArtifactPacker.pack(project, parsed, dir.resolve("a.tar.gz"));

    try (var in = Files.newInputStream(packed.file())) {
      ReadArtifact read = ArtifactUnpacker.unpack(in, target, ArtifactLimits.DEFAULT);
      assertThat(read.contentSha256()).isEqualTo(packed.contentSha256());
    }

    assertThat(ArtifactPacker.pack(target, parsed, dir.resolve("b.tar.gz")).contentSha256())
        .isEqualTo(packed.contentSha256());
    assertThat(Files.readSymbolicLink(target.resolve("start")))
        .isEqualTo(Files.readSymbolicLink(link));
  }
}
