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
    "5g,5000000000",
    "2 TB,2000000000000",
    "100B,100",
    "999999TiB,1099510528264372224"
  })
  void sizes_are_read_as_people_write_them(String text, long bytes) {
    assertThat(Sizes.parse(text)).contains(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "GB", "-1GB", "1.5GB", "5  GB", "5PB", "5iB", "1000000MB"})
  void anything_else_is_not_a_size(String text) {
    assertThat(Sizes.parse(text)).isEmpty();
  }
}
