package dev.minitower.model.artifact;

import static dev.minitower.model.artifact.TestTar.concat;
import static dev.minitower.model.artifact.TestTar.empty;
import static dev.minitower.model.artifact.TestTar.good;
import static dev.minitower.model.artifact.TestTar.gzip;
import static dev.minitower.model.artifact.TestTar.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.minitower.model.api.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactReaderTest {
  /** Writes down what it is told. */
  private static final class Diary implements ArtifactVisitor {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void directory(ArtifactEntry entry) {
      lines.add("folder " + entry.path());
    }

    @Override
    public void file(ArtifactEntry entry, InputStream content) throws IOException {
      String mode = entry.executable() ? "program " : "file ";
      String text = new String(content.readAllBytes(), UTF_8);
      assertThat(text.getBytes(UTF_8)).hasSize((int) entry.size());
      lines.add(mode + entry.path() + " " + text);
    }

    @Override
    public void link(ArtifactEntry entry) {
      lines.add("link " + entry.path() + " " + entry.linkTarget());
    }
  }

  private static final ArtifactVisitor NOBODY = new ArtifactVisitor() {};

  private static List<String> read(TestTar tar) throws IOException {
    Diary diary = new Diary();
    ReadArtifact read = ArtifactReader.read(tar.stream(), ArtifactLimits.DEFAULT, diary);
    assertThat(read.contentBytes()).isPositive();
    return diary.lines;
  }

  private static InvalidArtifactException refusal(byte[] archive, ArtifactLimits limits) {
    var e =
        catchThrowableOfType(
            InvalidArtifactException.class,
            () -> {
              var unused = ArtifactReader.read(new ByteArrayInputStream(archive), limits, NOBODY);
            });
    assertThat(e).as("refusal").isNotNull();
    assertThat(e.code()).isEqualTo(ErrorCode.ARTIFACT_INVALID);
    return e;
  }

  private static InvalidArtifactException refusal(byte[] archive) {
    return refusal(archive, ArtifactLimits.DEFAULT);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void visitor_is_told_of_everything_in_order_with_normal_names() throws IOException {
    TestTar tar =
        empty()
            .folder("./")
            .folder("./src/")
            .file("./src//a.py", "A")
            .entry("run.sh", TarConstants.LF_NORMAL, "B".getBytes(UTF_8), e -> e.setMode(0755))
            .link("latest", "./src/a.py")
            .file("x".repeat(150) + "/größe.txt", "C");

    assertThat(read(tar))
        .containsExactly(
            "folder src",
            "file src/a.py A",
            "program run.sh B",
            "link latest ./src/a.py",
            "file " + "x".repeat(150) + "/größe.txt C");
  }

  @Test
  void digests_and_sizes_are_of_the_tar_and_of_the_bytes_as_they_came() throws Exception {
    byte[] tar = good().tar();
    byte[] archive = gzip(tar);

    ReadArtifact read =
        ArtifactReader.read(new ByteArrayInputStream(archive), ArtifactLimits.DEFAULT, NOBODY);

    assertThat(read)
        .isEqualTo(new ReadArtifact(sha256(tar), tar.length, sha256(archive), archive.length));
  }

  @Test
  void stream_is_read_to_its_end_and_not_closed() throws IOException {
    boolean[] closed = {false};
    InputStream source =
        new ByteArrayInputStream(good().gz()) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };

    var unused = ArtifactReader.read(source, ArtifactLimits.DEFAULT, NOBODY);

    assertThat(source.read()).isEqualTo(-1);
    assertThat(closed[0]).isFalse();
  }

  @Test
  void members_of_gzip_after_each_other_are_one_archive() throws IOException {
    byte[] tar = good().tar();
    byte[] archive =
        concat(gzip(Arrays.copyOf(tar, 700)), gzip(Arrays.copyOfRange(tar, 700, tar.length)));
    Diary diary = new Diary();

    ReadArtifact read =
        ArtifactReader.read(new ByteArrayInputStream(archive), ArtifactLimits.DEFAULT, diary);

    assertThat(diary.lines).hasSize(2);
    assertThat(read.artifactBytes()).isEqualTo(archive.length);
    assertThat(read.contentBytes()).isEqualTo(tar.length);
  }

  static Stream<Arguments> brokenStreams() {
    byte[] tar = good().tar();
    byte[] archive = gzip(tar);
    byte[] flipped = archive.clone();
    flipped[archive.length - 6] ^= 1;
    return Stream.of(
        arguments("nothing", new byte[0], "not gzip"),
        arguments("a plain tar", tar, "not gzip"),
        arguments("a zip", "PK\3\4 and so on".getBytes(UTF_8), "not gzip"),
        arguments("gzip of nothing", gzip(new byte[0]), "not a tar, or is cut off"),
        arguments("gzip of a short text", gzip("hello".getBytes(UTF_8)), "not a tar"),
        arguments("gzip of a long text", gzip("hello ".repeat(1_000).getBytes(UTF_8)), "not a tar"),
        arguments("gzip that is cut off", Arrays.copyOf(archive, archive.length - 20), "cut off"),
        arguments(
            "gzip without its trailer", Arrays.copyOf(archive, archive.length - 8), "cut off"),
        arguments("gzip with a wrong checksum", flipped, "damaged"),
        arguments("gzip with something after it", concat(archive, new byte[] {1, 2, 3}), "follows"),
        arguments("tar cut off in a file", gzip(Arrays.copyOf(tar, 520)), "damaged"),
        arguments("tar cut off in a header", gzip(Arrays.copyOf(tar, 1_100)), "cut off"),
        arguments("tar without its end", gzip(Arrays.copyOf(tar, 2_048)), "cut off"),
        arguments("tar with text after its end", gzip(concat(tar, "x".getBytes(UTF_8))), "follows"),
        arguments("two tars", gzip(concat(tar, tar)), "follows"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenStreams")
  void what_is_no_whole_archive_is_refused(String name, byte[] archive, String message) {
    assertThat(refusal(archive)).hasMessageContaining(message);
  }

  static Stream<Arguments> hostileEntries() {
    byte device = TarConstants.LF_CHR;
    return Stream.of(
        arguments(good().file("/etc/passwd", "x"), "'/etc/passwd' must be relative"),
        arguments(good().file("../x", "x"), "'../x' must not hold '..'"),
        arguments(good().file("a/../../x", "x"), "must not hold '..'"),
        arguments(good().file("a/..", "x"), "must not hold '..'"),
        arguments(good().folder("../"), "must not hold '..'"),
        arguments(good().file("C:/x", "x"), "'C:/x' must be relative"),
        arguments(good().file("c:x", "x"), "must be relative"),
        arguments(good().file("a\\..\\b", "x"), "must not hold '\\' or NUL"),
        arguments(good().link(".", "main.py"), "is the root, which must be a folder"),
        arguments(good().file("a/" + "n".repeat(256), "x"), "more than 255 bytes"),
        arguments(good().file("ä".repeat(128), "x"), "more than 255 bytes"),
        arguments(good().file("n/".repeat(1_100) + "x", "x"), "longer than 2048 bytes"),
        arguments(good().file("main.py", "again"), "'main.py' is there twice"),
        arguments(good().file("./main.py", "again"), "'main.py' is there twice"),
        arguments(good().file(".//main.py", "again"), "is there twice"),
        arguments(good().folder("a").folder("a/"), "'a' is there twice"),
        arguments(good().folder("main.py"), "'main.py' is there twice"),
        arguments(good().file("a/b", "x").file("a", "x"), "'a' is there twice"),
        arguments(good().file("a/b", "x").link("a", "main.py"), "'a' is there twice"),
        arguments(good().file("main.py/x", "x"), "'main.py/x' lies below a file or a link"),
        arguments(good().folder("real").link("l", "real").file("l/x", "x"), "'l/x' lies below"),
        arguments(good().link("l", ".").link("l/m", "x"), "'l/m' lies below"),
        arguments(good().link("l", "/etc"), "'l' is a link whose target is empty or absolute"),
        arguments(good().link("l", ""), "empty or absolute"),
        arguments(good().link("l", ".."), "'l' is a link that leaves the project"),
        arguments(good().link("l", "../x"), "leaves the project"),
        arguments(good().link("l", "./../x"), "leaves the project"),
        arguments(good().link("a/b/l", "../../../x"), "leaves the project"),
        arguments(good().link("a/l", "x/../../../y"), "'..' after its first folder"),
        arguments(good().link("l", "C:\\x"), "must be relative"),
        arguments(good().link("l", "a\\b"), "must not hold '\\' or NUL"),
        arguments(
            good().folder("b").link("a/l", "../b").link("out", "a/l/../.."),
            "'out' is a link with '..' after its first folder"),
        arguments(good().hardLink("h", "/etc/passwd"), "'h' must be relative"),
        arguments(good().hardLink("h", "../x"), "'h' must not hold '..'"),
        arguments(
            good().hardLink("h", "nowhere"), "'h' is a hard link to something that is no file"),
        arguments(good().hardLink("h", "h"), "is a hard link to something"),
        arguments(good().folder("d").hardLink("h", "d"), "is a hard link to something"),
        arguments(good().link("l", "main.py").hardLink("h", "l"), "is a hard link to something"),
        arguments(good().link("l", ".").hardLink("h", "l/main.py"), "is a hard link to something"),
        arguments(good().entry("d", device, new byte[0], e -> {}), "is neither a file nor"),
        arguments(good().entry("d", TarConstants.LF_BLK, new byte[0], e -> {}), "is neither"),
        arguments(good().entry("d", TarConstants.LF_FIFO, new byte[0], e -> {}), "is neither"),
        arguments(good().entry("d", (byte) 'V', new byte[0], e -> {}), "is neither"),
        arguments(
            good().entry("d", TarConstants.LF_GNUTYPE_SPARSE, new byte[0], e -> {}), "sparse"),
        arguments(good().file("bad\uFFFDname", "x"), "must be UTF-8"));
  }

  @ParameterizedTest(name = "{index} {1}")
  @MethodSource("hostileEntries")
  void entry_that_could_do_harm_is_refused(TestTar tar, String message) {
    assertThat(refusal(tar.gz())).hasMessageContaining(message);
  }

  @Test
  void name_with_nul_in_an_extended_header_is_refused() {
    byte[] record = "18 path=a\0/../x.p\n".getBytes(UTF_8);
    byte[] padded = Arrays.copyOf(record, 512);
    byte[] archive =
        gzip(
            concat(
                header("PaxHeaders/x", 'x', "%011o\0".formatted(record.length)),
                padded,
                header("plain", '0', "00000000000\0"),
                new byte[1024]));

    assertThat(refusal(archive)).hasMessageContaining("must not hold");
  }

  @Test
  void bytes_of_a_name_that_are_no_utf_8_are_read_as_question_marks() throws IOException {
    byte[] one = header("x.txt", '0', "00000000000\0");
    byte[] other = one.clone();
    one[0] = (byte) 0xe4;
    other[0] = (byte) 0xf6;
    byte[] first = TestTar.withChecksum(one);
    byte[] second = TestTar.withChecksum(other);
    Diary diary = new Diary();

    ReadArtifact read =
        ArtifactReader.read(
            new ByteArrayInputStream(gzip(concat(first, new byte[1024]))),
            ArtifactLimits.DEFAULT,
            diary);

    assertThat(read.contentBytes()).isEqualTo(1536);
    assertThat(diary.lines).containsExactly("file ?.txt ");
    assertThat(refusal(gzip(concat(first, second, new byte[1024]))))
        .hasMessageContaining("'?.txt' is there twice");
  }

  @Test
  void message_is_one_line_whatever_the_name() {
    TestTar tar = good().file("../\u001b[2J\nok: true\u202e" + "x".repeat(500), "x");

    assertThat(refusal(tar.gz()).getMessage())
        .hasSizeLessThan(400)
        .doesNotContain("\u001b", "\n", "\u202e")
        .contains("'../?[2J?ok: true?");
  }

  static Stream<Arguments> brokenHeaders() {
    byte[] wrongSum = header("a", '0', "00000000000\0");
    wrongSum[0] = 'b';
    return Stream.of(
        arguments("wrong checksum", wrongSum),
        arguments("size that is no number", header("a", '0', "0000000000x\0")),
        arguments("size below zero", header("a", '0', "\u00ff-1        ")),
        arguments("size beyond the end", header("a", '0', "77777777777\0")),
        arguments("long name beyond the end", header("././@LongLink", 'L', "77777777777\0")),
        arguments("extended header beyond the end", header("PaxHeaders/a", 'x', "77777777777\0")),
        arguments("extended header of nothing", header("PaxHeaders/a", 'x', "00000000000\0")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenHeaders")
  void header_that_makes_no_sense_is_refused(String name, byte[] header) {
    assertThat(refusal(gzip(concat(header, new byte[1024])))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(chars = {'x', 'g', 'L', 'K'})
  void giant_extended_header_is_refused_before_it_is_held_in_memory(char kind) {
    int size = 8 * 1024 * 1024;
    byte[] filler = new byte[size];
    Arrays.fill(filler, (byte) 'a');
    System.arraycopy((size + " path=").getBytes(UTF_8), 0, filler, 0, 13);
    byte[] archive =
        gzip(
            concat(
                header("PaxHeaders/x", kind, "%011o\0".formatted(size)),
                filler,
                header("plain", '0', "00000000000\0"),
                new byte[1024]));

    assertThat(refusal(archive, new ArtifactLimits(10, Long.MAX_VALUE, 100_000)))
        .hasMessageContaining("header that is far too large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "22 GNU.sparse.major=1\n22 GNU.sparse.minor=0\n26 GNU.sparse.realsize=10\n",
        "22 GNU.sparse.size=10\n26 GNU.sparse.numblocks=0\n",
      })
  void sparse_file_in_an_extended_header_is_refused(String records) {
    byte[] record = records.getBytes(UTF_8);
    byte[] archive =
        gzip(
            concat(
                header("PaxHeaders/x", 'x', "%011o\0".formatted(record.length)),
                Arrays.copyOf(record, 512),
                header("sparse", '0', "%011o\0".formatted(512)),
                Arrays.copyOf("0\n".getBytes(UTF_8), 512),
                new byte[1024]));

    assertThat(refusal(archive)).hasMessageContaining("sparse");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"main.py", "./main.py", "nowhere", "src", "l2", ".", "a/b/c", "with space"})
  void link_that_stays_inside_is_fine_even_if_it_leads_nowhere(String target) throws IOException {
    assertThat(read(good().link("l", target))).last().isEqualTo("link l " + target);
  }

  @Test
  void link_may_climb_to_the_root_and_no_further() throws IOException {
    assertThat(read(good().link("a/b/l", "../../main.py").link("a/m", "..")))
        .endsWith("link a/b/l ../../main.py", "link a/m ..");
  }

  @Test
  void hard_link_to_an_earlier_file_becomes_a_symbolic_one() throws IOException {
    TestTar tar = good().file("a/x", "X").hardLink("a/b/y", "./a/x").hardLink("z", "a/x");

    assertThat(read(tar)).endsWith("link a/b/y ../../a/x", "link z a/x");
  }

  @Test
  void folder_may_be_named_after_what_lies_in_it() throws IOException {
    assertThat(read(empty().file("a/b/c", "x").folder("a/b").folder("a")))
        .containsExactly("file a/b/c x", "folder a/b", "folder a");
  }

  @Test
  void old_tars_mark_folders_by_a_slash_alone() throws IOException {
    assertThat(read(empty().entry("old/", TarConstants.LF_OLDNORM, new byte[0], e -> {})))
        .containsExactly("folder old");
  }

  @Test
  void entries_are_counted_with_the_folders_that_they_imply() throws IOException {
    ArtifactLimits four = new ArtifactLimits(4, 1_000_000, 200);
    TestTar fits = empty().file("a/b/c", "").file("a/b/d", "");
    TestTar tooMany = empty().file("a/b/c", "").file("a/e/d", "");

    assertThat(ArtifactReader.read(fits.stream(), four, NOBODY).contentBytes()).isPositive();
    assertThat(refusal(tooMany.gz(), four)).hasMessageContaining("more than 4 files and folders");
  }

  @Test
  void unpacked_size_is_bounded() throws IOException {
    byte[] noise = new byte[10_000];
    new Random(1).nextBytes(noise);
    byte[] tar = empty().file("noise", noise).tar();
    byte[] archive = gzip(tar);

    assertThat(
            ArtifactReader.read(
                    new ByteArrayInputStream(archive),
                    new ArtifactLimits(10, tar.length, 200),
                    NOBODY)
                .contentBytes())
        .isEqualTo(tar.length);
    assertThat(refusal(archive, new ArtifactLimits(10, tar.length - 1, 200)))
        .hasMessageContaining("unpacks to more than");
  }

  @Test
  void ratio_is_bounded_for_small_archives_too() {
    byte[] archive = empty().file("zeros", new byte[1_000_000]).gz();

    assertThat(refusal(archive)).hasMessageContaining("more than 200 times its size");
  }

  @Test
  void bomb_is_given_up_long_before_it_is_unpacked() throws IOException {
    byte[] first = gzip(header("zeros", '0', "77777777777\0"));
    byte[] more = gzip(new byte[8 * 1024 * 1024]);
    List<InputStream> members = new ArrayList<>(List.of(new ByteArrayInputStream(first)));
    for (int i = 0; i < 50; i++) {
      members.add(new ByteArrayInputStream(more));
    }
    InputStream bomb = new SequenceInputStream(Collections.enumeration(members));

    assertThatThrownBy(
            () -> {
              var unused = ArtifactReader.read(bomb, ArtifactLimits.DEFAULT, NOBODY);
            })
        .isInstanceOf(InvalidArtifactException.class)
        .hasMessageContaining("more than 200 times its size");
    assertThat(members.get(10).available()).as("unread of the tenth").isEqualTo(more.length);
  }

  @Test
  void gzip_header_without_an_end_is_given_up() {
    byte[] head = {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0};
    byte[] name = new byte[4 * 1024 * 1024];
    Arrays.fill(name, (byte) 'n');

    assertThat(refusal(concat(head, name))).hasMessageContaining("holds no content");
  }

  @Test
  void names_may_not_fill_the_memory() {
    EntryTree tree = new EntryTree(100_000);
    String target = "n".repeat(2_000);

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 20_000; i++) {
                tree.addLink("l" + i, target);
              }
            })
        .isInstanceOf(InvalidArtifactException.class)
        .hasMessageContaining("too long altogether");
    assertThat(tree.isFile("l0")).isFalse();
  }

  @Test
  void source_that_fails_is_not_the_archives_fault() {
    byte[] start = Arrays.copyOf(good().gz(), 60);
    InputStream failing =
        new SequenceInputStream(
            new ByteArrayInputStream(start),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("connection reset");
              }

              @Override
              public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
              }
            });

    assertThatThrownBy(
            () -> {
              var unused = ArtifactReader.read(failing, ArtifactLimits.DEFAULT, NOBODY);
            })
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("connection reset");
  }

  @Test
  void visitor_that_fails_is_not_the_archives_fault() {
    ArtifactVisitor full =
        new ArtifactVisitor() {
          @Override
          public void file(ArtifactEntry entry, InputStream content) throws IOException {
            throw new IOException("no space left");
          }
        };

    assertThatThrownBy(
            () -> {
              var unused = ArtifactReader.read(good().stream(), ArtifactLimits.DEFAULT, full);
            })
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("no space left");
  }

  @Test
  void visitor_need_not_read_a_file_and_can_not_read_past_it() throws IOException {
    List<byte[]> read = new ArrayList<>();
    ArtifactVisitor lazy =
        new ArtifactVisitor() {
          @Override
          public void file(ArtifactEntry entry, InputStream content) throws IOException {
            if (entry.path().equals("main.py")) {
              read.add(content.readNBytes(1_000_000));
              content.close();
            }
          }
        };
    TestTar tar = good().file("later", "later");

    var unused = ArtifactReader.read(tar.stream(), ArtifactLimits.DEFAULT, lazy);

    assertThat(read).containsExactly("print('hi')\n".getBytes(UTF_8));
  }

  /** Any bytes at all are either an archive or refused: nothing else comes of them. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void damaged_archives_are_refused_or_harmless(long seed) throws IOException {
    Random random = new Random(seed);
    byte[] tar =
        good()
            .file("n".repeat(90) + "/" + "m".repeat(90), "long")
            .link("dir/l", "../main.py")
            .hardLink("h", "main.py")
            .tar();
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      byte[] damaged = tar.clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        int at = random.nextInt(damaged.length);
        damaged[at] = (byte) random.nextInt(256);
        int header = at / 512 * 512;
        if (random.nextBoolean()) {
          byte[] sealed = TestTar.withChecksum(Arrays.copyOfRange(damaged, header, header + 512));
          System.arraycopy(sealed, 0, damaged, header, 512);
        }
      }
      try {
        InputStream in = new ByteArrayInputStream(gzip(damaged));
        var unused = ArtifactReader.read(in, ArtifactLimits.DEFAULT, NOBODY);
      } catch (InvalidArtifactException e) {
        refused++;
      }
    }

    assertThat(refused).isBetween(1, 499);
  }
}
