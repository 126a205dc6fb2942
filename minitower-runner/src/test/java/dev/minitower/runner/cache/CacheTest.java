package dev.minitower.runner.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minitower.runner.files.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheTest {
  private static final String KEY = key('a');
  private static final int LIMIT = 10_000;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CompletableFuture<Void> giveUp = new CompletableFuture<>();
  private final List<String> told = new CopyOnWriteArrayList<>();

  @TempDir Path folder;
  private Cache cache;

  @BeforeEach
  void open() throws IOException {
    cache = Cache.open(folder.resolve("cache"), LIMIT);
  }

  @AfterEach
  void close() throws IOException {
    threads.shutdownNow();
    cache.close();
    FileTrees.delete(folder.resolve("cache"));
  }

  @Test
  void what_one_has_made_the_next_one_uses() throws Exception {
    make(KEY, 100);

    try (Claim claim = claim(KEY)) {
      assertThat(claim.isFilled()).isTrue();
      assertThat(claim.folder().resolve("file")).hasSize(100);
      assertThat(claim.folder()).isEqualTo(claim.destination());
    }
  }

  @Test
  void entry_can_not_be_written_by_its_users() throws Exception {
    make(KEY, 100);

    try (Claim claim = claim(KEY)) {
      for (Path path : List.of(claim.folder(), claim.folder().resolve("file"))) {
        assertThat(Files.getPosixFilePermissions(path))
            .contains(PosixFilePermission.OWNER_READ)
            .doesNotContain(
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.GROUP_WRITE,
                PosixFilePermission.OTHERS_WRITE);
      }
    }
  }

  @Test
  void of_many_at_once_one_makes_the_entry_and_all_use_it() throws Exception {
    var made = new AtomicInteger();
    var using = new AtomicInteger();
    List<Future<Integer>> users =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    threads.submit(
                        () -> {
                          try (Claim claim = claim(KEY)) {
                            if (!claim.isFilled()) {
                              made.incrementAndGet();
                              fill(claim, 100);
                              claim.publish();
                            }
                            using.incrementAndGet();
                            await().until(() -> using.get() == 8);
                            return (int) Files.size(claim.folder().resolve("file"));
                          }
                        }))
            .toList();

    for (Future<Integer> user : users) {
      assertThat(user.get(30, TimeUnit.SECONDS)).isEqualTo(100);
    }
    assertThat(made).hasValue(1);
  }

  @Test
  void when_the_one_that_makes_it_fails_the_next_one_makes_it() throws Exception {
    Claim failing = claim(KEY);
    fill(failing, 100);
    Future<Boolean> next = threads.submit(this::isFilledWhenItsTurnComes);
    await().until(() -> told.contains("waiting"));

    failing.close();

    assertThat(next.get(30, TimeUnit.SECONDS)).isFalse();
    assertThat(failing.folder()).doesNotExist();
  }

  @Test
  void waiting_ends_when_it_is_asked_to() throws Exception {
    try (Claim slow = claim(KEY)) {
      assertThat(slow.isFilled()).isFalse();
      Future<Optional<Claim>> waiting = threads.submit(() -> tryClaim(KEY));
      await().until(() -> told.contains("waiting"));

      giveUp.complete(null);

      assertThat(waiting.get(5, TimeUnit.SECONDS)).isEmpty();
    }
  }

  @Test
  void waiting_ends_when_its_time_is_up() throws Exception {
    try (Claim slow = claim(KEY)) {
      assertThat(slow.isFilled()).isFalse();
      var short1 = new Patience(giveUp, System.nanoTime() + 50_000_000, () -> {});

      assertThat(cache.artifacts().claim(KEY, entry -> true, outside(), short1)).isEmpty();
    }
  }

  @Test
  void what_was_not_published_is_gone() throws Exception {
    try (Claim claim = claim(KEY)) {
      fill(claim, 100);
    }

    assertThat(shelf()).isEmptyDirectory();
    try (Claim claim = claim(KEY)) {
      assertThat(claim.isFilled()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"new-", "old-"})
  void what_a_crash_left_half_made_or_half_removed_is_gone_after_the_next_start(String prefix)
      throws Exception {
    Path left = shelf().resolve(prefix + KEY.substring(4));
    Files.createDirectories(left.resolve("deep"));
    Files.writeString(left.resolve("deep/file"), "half");
    FileTrees.makeReadOnly(left);

    reopen();

    assertThat(shelf()).isEmptyDirectory();
  }

  @Test
  void entry_that_a_loss_of_power_has_cut_is_gone_after_the_next_start() throws Exception {
    make(KEY, 100);
    makeWritable(shelf().resolve(KEY));
    Files.writeString(shelf().resolve(KEY).resolve(".minitower-size"), "");

    reopen();

    assertThat(shelf()).isEmptyDirectory();
  }

  @Test
  void link_that_an_installer_has_put_in_an_entry_is_not_written_through() throws Exception {
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "untouched");
    try (Claim claim = claim(KEY)) {
      Files.createSymbolicLink(claim.folder().resolve(".minitower-size"), elsewhere);
      Files.createSymbolicLink(claim.folder().resolve("link"), elsewhere);
      claim.publish();
    }

    assertThat(elsewhere).hasContent("untouched");
    assertThat(Files.getPosixFilePermissions(elsewhere)).contains(PosixFilePermission.OWNER_WRITE);
    try (Claim claim = claim(KEY)) {
      assertThat(claim.isFilled()).isTrue();
    }
  }

  @Test
  void damaged_entry_is_made_anew() throws Exception {
    make(KEY, 100);

    try (Claim claim = claim(KEY, entry -> false, outside())) {
      assertThat(claim.isFilled()).isFalse();
      fill(claim, 200);
      claim.publish();
    }

    try (Claim claim = claim(KEY)) {
      assertThat(claim.folder().resolve("file")).hasSize(200);
    }
  }

  @Test
  void damaged_entry_that_another_still_uses_stays_and_is_gone_around() throws Exception {
    make(KEY, 100);
    try (Claim using = claim(KEY);
        Claim other = claim(KEY, entry -> false, outside())) {
      assertThat(other.isFilled()).isFalse();
      assertThat(other.folder()).isEqualTo(outside());
      other.publish();

      assertThat(using.folder().resolve("file")).hasSize(100);
    }
  }

  @Test
  void file_in_the_place_of_an_entry_is_no_entry() throws Exception {
    Files.writeString(shelf().resolve(KEY), "not a folder");

    make(KEY, 100);

    assertThat(shelf().resolve(KEY).resolve("file")).hasSize(100);
  }

  @Test
  void cache_that_can_not_be_written_is_gone_around() throws Exception {
    FileTrees.delete(shelf());
    Files.writeString(shelf(), "not a folder");

    try (Claim claim = claim(KEY)) {
      assertThat(claim.folder()).isEqualTo(outside());
    }
  }

  @Test
  void cache_that_an_operator_clears_is_filled_again() throws Exception {
    make(KEY, 100);
    FileTrees.delete(shelf());

    make(KEY, 100);

    assertThat(shelf().resolve(KEY)).isDirectory();
  }

  @Test
  void what_was_used_longest_ago_goes_when_the_limit_is_reached() throws Exception {
    make(key('a'), 4_000);
    make(key('b'), 4_000);
    lastUsed(key('a'), Duration.ofDays(2));
    lastUsed(key('b'), Duration.ofDays(3));
    claim(key('b')).close();

    make(key('c'), 4_000);

    assertThat(keys()).containsExactlyInAnyOrder(key('b'), key('c'));
  }

  @Test
  void entry_in_use_is_never_evicted() throws Exception {
    make(key('a'), 6_000);
    lastUsed(key('a'), Duration.ofDays(2));
    try (Claim first = claim(key('a'))) {
      claim(key('a')).close();
      lastUsed(key('a'), Duration.ofDays(2));

      make(key('b'), 6_000);

      assertThat(first.folder().resolve("file")).hasSize(6_000);
    }

    make(key('c'), 1_000);
    assertThat(keys()).doesNotContain(key('a'));
  }

  @Test
  void limit_counts_all_kinds() throws Exception {
    make(key('a'), 6_000);
    lastUsed(key('a'), Duration.ofDays(1));

    try (Claim claim =
        cache.environments().claim(key('e'), entry -> true, outside(), patience()).orElseThrow()) {
      fill(claim, 6_000);
      claim.publish();
    }

    assertThat(shelf()).isEmptyDirectory();
    assertThat(folder.resolve("cache/environments").resolve(key('e'))).isDirectory();
  }

  @Test
  void limit_that_was_lowered_holds_after_the_next_start() throws Exception {
    make(key('a'), 5_000);
    make(key('b'), 4_000);
    lastUsed(key('a'), Duration.ofDays(1));
    cache.close();

    cache = Cache.open(folder.resolve("cache"), 4_500);

    assertThat(keys()).containsExactly(key('b'));
  }

  @Test
  void entry_that_another_program_uses_is_not_evicted_and_one_it_makes_is_waited_for()
      throws Exception {
    make(key('a'), 6_000);
    lastUsed(key('a'), Duration.ofDays(1));
    try (var other = OtherProgram.start(folder.resolve("cache"), key('a'), key('d'))) {
      assertThat(other.says()).isEqualTo("uses filled");
      assertThat(other.says()).isEqualTo("makes");
      lastUsed(key('a'), Duration.ofDays(1));

      make(key('b'), 6_000);
      assertThat(keys()).contains(key('a'));
      Future<Boolean> waiting =
          threads.submit(
              () -> {
                try (Claim claim = claim(key('d'))) {
                  return claim.isFilled();
                }
              });
      await().until(() -> told.contains("waiting"));

      other.goOn();
      assertThat(other.says()).isEqualTo("published");
      assertThat(waiting.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void entry_that_a_killed_program_was_making_is_made_by_the_next_one() throws Exception {
    make(key('a'), 100);
    try (var other = OtherProgram.start(folder.resolve("cache"), key('a'), key('d'))) {
      assertThat(other.says()).isEqualTo("uses filled");
      assertThat(other.says()).isEqualTo("makes");
      Path halfMade = shelf().resolve("new-" + key('d').substring(4));
      reopen();
      assertThat(halfMade).isDirectory();

      other.kill();

      try (Claim claim = claim(key('d'))) {
        assertThat(claim.isFilled()).isFalse();
        assertThat(claim.folder()).isEmptyDirectory();
      }
    }
  }

  @Test
  void wheels_are_emptied_when_they_have_a_quarter_of_the_limit_and_nobody_uses_them()
      throws Exception {
    Wheels.Use first = cache.wheels().use().orElseThrow();
    Files.write(first.folder().resolve("wheel"), new byte[LIMIT / 4 + 1]);
    make(key('a'), 1);
    assertThat(first.folder().resolve("wheel")).exists();
    assertThat(cache.wheels().use()).isEmpty();

    first.close();

    try (Wheels.Use second = cache.wheels().use().orElseThrow()) {
      assertThat(second.folder()).isEmptyDirectory();
    }
  }

  private boolean isFilledWhenItsTurnComes() throws Exception {
    try (Claim claim = claim(KEY)) {
      return claim.isFilled();
    }
  }

  private void make(String key, int bytes) throws Exception {
    try (Claim claim = claim(key)) {
      fill(claim, bytes);
      claim.publish();
      assertThat(claim.isFilled()).isTrue();
    }
  }

  private static void fill(Claim claim, int bytes) throws IOException {
    Files.write(claim.folder().resolve("file"), new byte[bytes]);
  }

  private Claim claim(String key) throws InterruptedException {
    return tryClaim(key).orElseThrow();
  }

  private Optional<Claim> tryClaim(String key) throws InterruptedException {
    return cache.artifacts().claim(key, entry -> true, outside(), patience());
  }

  private Claim claim(String key, java.util.function.Predicate<Path> sound, Path outside)
      throws InterruptedException {
    return cache.artifacts().claim(key, sound, outside, patience()).orElseThrow();
  }

  private Patience patience() {
    long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    return new Patience(giveUp, until, () -> told.add("waiting"));
  }

  private void reopen() throws IOException {
    cache.close();
    cache = Cache.open(folder.resolve("cache"), LIMIT);
  }

  private void lastUsed(String key, Duration ago) throws IOException {
    Files.setLastModifiedTime(shelf().resolve(key), FileTime.from(Instant.now().minus(ago)));
  }

  private List<String> keys() throws IOException {
    try (var paths = Files.list(shelf())) {
      return paths.map(path -> path.getFileName().toString()).toList();
    }
  }

  private static void makeWritable(Path entry) throws IOException {
    for (Path path : List.of(entry, entry.resolve(".minitower-size"))) {
      var permissions = Files.getPosixFilePermissions(path);
      permissions.add(PosixFilePermission.OWNER_WRITE);
      Files.setPosixFilePermissions(path, permissions);
    }
  }

  private Path shelf() {
    return folder.resolve("cache/artifacts");
  }

  private Path outside() {
    return folder.resolve("outside");
  }

  private static String key(char digit) {
    return String.valueOf(digit).repeat(64);
  }
}
