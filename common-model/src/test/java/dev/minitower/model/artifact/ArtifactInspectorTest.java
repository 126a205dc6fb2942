package dev.minitower.model.artifact;

import static dev.minitower.model.api.ErrorCode.ARTIFACT_INVALID;
import static dev.minitower.model.api.ErrorCode.TOWERFILE_INVALID;
import static dev.minitower.model.api.ErrorCode.TOWERFILE_MISSING;
import static dev.minitower.model.artifact.TestTar.TOWERFILE;
import static dev.minitower.model.artifact.TestTar.empty;
import static dev.minitower.model.artifact.TestTar.good;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.minitower.model.api.ErrorCode;
import dev.minitower.model.towerfile.Towerfile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArtifactInspectorTest {
  private static InspectedArtifact inspect(TestTar tar) throws IOException {
    return ArtifactInspector.inspect(tar.stream(), ArtifactLimits.DEFAULT);
  }

  private static byte[] towerfileOf(int bytes) {
    byte[] comment = new byte[bytes - TOWERFILE.length() - 1];
    Random random = new Random(1);
    for (int i = 0; i < comment.length; i++) {
      comment[i] = (byte) ('a' + random.nextInt(26));
    }
    return TestTar.concat((TOWERFILE + "#").getBytes(UTF_8), comment);
  }

  @Test
  void good_archive_gives_all_that_a_version_needs() throws IOException {
    byte[] archive = good().gz();

    InspectedArtifact inspected =
        ArtifactInspector.inspect(new ByteArrayInputStream(archive), ArtifactLimits.DEFAULT);

    assertThat(inspected.towerfile().name()).isEqualTo("demo");
    assertThat(inspected.towerfileToml()).isEqualTo(TOWERFILE);
    assertThat(inspected.artifactSize()).isEqualTo(archive.length);
    assertThat(inspected.contentSha256()).hasSize(64).isNotEqualTo(inspected.artifactSha256());
  }

  static Stream<TestTar> accepted() {
    return Stream.of(
        empty().folder("./").file("./Towerfile", TOWERFILE).file("./main.py", ""),
        empty().file("main.py", "").file("Towerfile", TOWERFILE),
        empty().file("Towerfile", towerfileOf(Towerfile.MAX_BYTES)).file("main.py", ""),
        good().file("sub/Towerfile", "not this one"),
        empty().file("Towerfile", TOWERFILE).file("real.py", "").link("main.py", "real.py"),
        empty().file("Towerfile", TOWERFILE).file("a/r.py", "").hardLink("main.py", "a/r.py"));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void archive_with_a_towerfile_and_its_script_is_accepted(TestTar tar) throws IOException {
    assertThat(inspect(tar).towerfile().script()).isEqualTo("main.py");
  }

  static Stream<Arguments> refused() {
    byte[] latin = TOWERFILE.replace("demo", "d\u00e4mo").getBytes(ISO_8859_1);
    return Stream.of(
        arguments(empty(), TOWERFILE_MISSING, "no Towerfile at its root"),
        arguments(empty().file("main.py", ""), TOWERFILE_MISSING, "no Towerfile"),
        arguments(empty().file("app/Towerfile", TOWERFILE), TOWERFILE_MISSING, "no Towerfile"),
        arguments(empty().file("towerfile", TOWERFILE), TOWERFILE_MISSING, "no Towerfile"),
        arguments(empty().folder("Towerfile"), TOWERFILE_MISSING, "no Towerfile"),
        arguments(
            empty().file("Towerfile", towerfileOf(Towerfile.MAX_BYTES + 1)).file("main.py", ""),
            TOWERFILE_INVALID,
            "at most 256 KiB"),
        arguments(empty().file("Towerfile", latin), TOWERFILE_INVALID, "not UTF-8"),
        arguments(
            empty().file("Towerfile", "[app]\nname = 'demo'\nscript = 'main.rb'\n"),
            TOWERFILE_INVALID,
            "app.script (line 3, column 1): must be a file that ends in .py or .sh"),
        arguments(
            empty().file("Towerfile", "[app"), TOWERFILE_INVALID, "Towerfile (line 1, column 5)"),
        arguments(
            empty().file("x", TOWERFILE).link("Towerfile", "x"), TOWERFILE_INVALID, "not a link"),
        arguments(
            empty().file("x", TOWERFILE).hardLink("Towerfile", "x"),
            TOWERFILE_INVALID,
            "not a link"),
        arguments(
            empty().file("Towerfile", TOWERFILE),
            ARTIFACT_INVALID,
            "the script 'main.py' is not in the archive"),
        arguments(
            empty().file("Towerfile", TOWERFILE).folder("main.py"), ARTIFACT_INVALID, "the script"),
        arguments(
            empty().file("Towerfile", TOWERFILE).link("main.py", "gone.py"),
            ARTIFACT_INVALID,
            "the script"),
        arguments(
            empty().file("Towerfile", TOWERFILE).link("main.py", "main.py"),
            ARTIFACT_INVALID,
            "the script"),
        arguments(
            empty().file("Towerfile", TOWERFILE).link("main.py", "a").link("a", "main.py"),
            ARTIFACT_INVALID,
            "the script"),
        arguments(good().file("../x", ""), ARTIFACT_INVALID, "'../x' must not hold '..'"),
        arguments(good().file("Towerfile", TOWERFILE), ARTIFACT_INVALID, "is there twice"));
  }

  @ParameterizedTest(name = "{index} {1}: {2}")
  @MethodSource("refused")
  void archive_that_can_not_be_run_is_refused(TestTar tar, ErrorCode code, String message) {
    var e = catchThrowableOfType(InvalidArtifactException.class, () -> inspect(tar));

    assertThat(e.code()).isEqualTo(code);
    assertThat(e).hasMessageContaining(message);
  }
}
