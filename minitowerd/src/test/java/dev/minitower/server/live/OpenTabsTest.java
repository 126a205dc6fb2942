package dev.minitower.server.live;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestServer;
import dev.minitower.server.runs.RunFixture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hundred consoles, each with the team's stream and one run's open, over plain sockets. */
@Timeout(120)
class OpenTabsTest {
  private static final int TABS = 100;

  /** The container's buffers for a connection are most of it, and the reader's here. */
  private static final long MOST_BYTES = 256 * 1024;

  @TempDir Path folder;
  private TestServer server;
  private RunFixture fixture;
  private final List<OpenStream> open = new ArrayList<>();

  @BeforeEach
  void start() {
    server = TestServer.start(folder);
    fixture = new RunFixture(server);
  }

  @AfterEach
  void stop() {
    open.forEach(OpenStream::close);
    server.close();
  }

  /**
   * A connection that this side reads only when a test does, so that it has no thread here either.
   */
  private record OpenStream(Socket socket, BufferedReader lines) implements AutoCloseable {
    static OpenStream of(TestServer server, String path, String token) {
      try {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.uri("/").getPort());
        socket.setSoTimeout(30_000);
        String head = "GET /api/v1%s HTTP/1.1\r\nHost: tower\r\nAuthorization: Bearer %s\r\n\r\n";
        socket.getOutputStream().write(head.formatted(path, token).getBytes(ISO_8859_1));
        var reader = new InputStreamReader(socket.getInputStream(), ISO_8859_1);
        return new OpenStream(socket, new BufferedReader(reader, 512));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Reads up to the line that holds the text. */
    String await(String text) {
      try {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.contains(text)) {
            return line;
          }
        }
        throw new AssertionError("the stream ended before: " + text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void a_hundred_open_tabs_take_no_thread_each_and_hear_every_change() {
    long run = fixture.queue("");
    openTab(run);
    long usedBefore = usedBytes();
    int threadsBefore = ManagementFactory.getThreadMXBean().getThreadCount();

    for (int tab = 1; tab < TABS; tab++) {
      openTab(run);
    }

    int threads = ManagementFactory.getThreadMXBean().getThreadCount() - threadsBefore;
    long perStream = (usedBytes() - usedBefore) / (open.size() - 2);
    System.out.printf(
        "%d streams: %+d threads, %d bytes of heap each with both ends%n",
        open.size(), threads, perStream);
    assertThat(threads).isLessThan(TABS / 5);
    assertThat(perStream).isLessThan(MOST_BYTES);

    fixture.cancel(run);
    assertThat(open)
        .allSatisfy(
            stream ->
                assertThat(stream.await("\"cancelled\"")).contains("\"run_id\":" + run + ","));
  }

  private void openTab(long run) {
    OpenStream team = OpenStream.of(server, "/events", fixture.team.token());
    team.await("event: hello");
    open.add(team);
    OpenStream ofRun = OpenStream.of(server, "/runs/" + run + "/events", fixture.team.token());
    ofRun.await("\"queued\"");
    open.add(ofRun);
  }

  /** What is left after a collection, here and at the other ends, which are in this process too. */
  private static long usedBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
