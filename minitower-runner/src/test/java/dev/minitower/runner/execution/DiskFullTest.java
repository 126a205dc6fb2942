package dev.minitower.runner.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.model.api.LogStream;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.RepeatedTest;

class DiskFullTest {
  private static final byte[] COMPLAINT = "error: No space left on device".getBytes(UTF_8);

  /** Long enough that looking through it takes a while. */
  private static final byte[] TALK = "x".repeat(60_000).getBytes(UTF_8);

  @RepeatedTest(200)
  void complaint_is_heard_while_the_other_stream_talks() throws Exception {
    var listener = new DiskFull.Listener((stream, bytes, count) -> {});
    var start = new CountDownLatch(1);
    var talk = new Thread(() -> say(listener, start, LogStream.STDOUT, TALK));
    var complaint = new Thread(() -> say(listener, start, LogStream.STDERR, COMPLAINT));
    talk.start();
    complaint.start();

    start.countDown();
    talk.join();
    complaint.join();

    assertThat(listener.heard()).isTrue();
  }

  private static void say(
      DiskFull.Listener listener, CountDownLatch start, LogStream stream, byte[] words) {
    try {
      start.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    listener.write(stream, words, words.length);
  }
}
