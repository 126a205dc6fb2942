package dev.minitower.runner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {
  @ParameterizedTest
  @CsvSource({
    "500MB,500000000",
    "5GB,5000000000",
    "512MiB,536870912",
    "1KiB,1024",
    "2kB,2000",
    "100B,100",
    "5,5",
    "0,0",
    "999999999GiB,1073741822926258176"
  })
  void sizes_are_read_as_people_write_them(String text, long bytes) {
    assertThat(Sizes.parse(text)).contains(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GB", "-1GB", "1.5GB", "5 GB", "5g", "5PB", "5iB", "999999999999GiB"})
  void anything_else_is_not_a_size(String text) {
    assertThat(Sizes.parse(text)).isEmpty();
  }
}
