package dev.minitower.runner.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {
  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void create() throws IOException {
    path = folder.resolve("checkpoint");
    CheckpointFile.create(path);
  }

  @Test
  void new_file_stands_for_the_beginning() throws Exception {
    assertThat(reread()).isSameAs(Checkpoint.BEGINNING);
  }

  @Test
  void last_checkpoint_counts_and_is_read_back_whole() throws Exception {
    byte[] longest = new byte[LineSplitter.MAX_BYTES + 1];
    longest[5] = 42;
    long size = Files.size(path);

    write(1, 2);
    try (var file = CheckpointFile.open(path)) {
      var place = new SpoolReader.Place(3, 4, new Counts(5, 6, 7));
      file.write(new Checkpoint(place, 8, 9, longest, longest));
    }

    assertThat(reread())
        .usingRecursiveComparison()
        .isEqualTo(
            new Checkpoint(
                new SpoolReader.Place(3, 4, new Counts(5, 6, 7)), 8, 9, longest, longest));
    assertThat(Files.size(path)).isEqualTo(size);
  }

  @Test
  void checkpoint_that_a_crash_has_torn_leaves_the_one_before() throws Exception {
    write(1, 2, 3);
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(3 % 2 * 20 * 1024 + 30);
      file.write(0x77);
    }

    assertThat(reread().nextSeq()).isEqualTo(2);
    write(4);
    assertThat(reread().nextSeq()).isEqualTo(4);
  }

  private void write(long... nextSeqs) throws IOException {
    try (var file = CheckpointFile.open(path)) {
      for (long nextSeq : nextSeqs) {
        file.write(
            new Checkpoint(SpoolReader.Place.BEGINNING, 0, nextSeq, new byte[0], new byte[0]));
      }
    }
  }

  private Checkpoint reread() throws IOException {
    try (var file = CheckpointFile.open(path)) {
      return file.newest();
    }
  }
}
