package dev.minitower.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Knows when workload processes live, from themselves: each holds a connection, which the kernel
 * closes when the last process that has it is gone. See {@code life.py} for the other end.
 */
final class LifeWitness implements AutoCloseable {
  private static final long STILL_ALIVE = Long.MAX_VALUE;

  private final ServerSocket listener =
      new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Life> lives = new ArrayList<>();

  /**
   * A process, or a family that shares one connection.
   *
   * @param fromNanos as {@link System#nanoTime} tells
   * @param toNanos the largest value while it is alive
   */
  record Life(long run, int attempt, String role, long fromNanos, long toNanos) {
    boolean isAlive() {
      return toNanos == STILL_ALIVE;
    }
  }

  LifeWitness() throws IOException {
    threads.execute(this::accept);
  }

  /** Host and port, as {@code life.py} expects it. */
  String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  synchronized List<Life> lives() {
    return List.copyOf(lives);
  }

  List<Life> lives(FakeRun run) {
    return lives().stream().filter(life -> life.run() == run.id).toList();
  }

  List<Life> lives(FakeRun run, int attempt) {
    return lives(run).stream().filter(life -> life.attempt() == attempt).toList();
  }

  /** The roles of a run that are alive now. */
  List<String> alive(FakeRun run) {
    return lives(run).stream().filter(Life::isAlive).map(Life::role).sorted().toList();
  }

  boolean nobodyIsAlive() {
    return lives().stream().noneMatch(Life::isAlive);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = listener.accept();
        long opened = System.nanoTime();
        threads.execute(() -> watch(connection, opened));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void watch(Socket connection, long opened) {
    try (connection) {
      var reader = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
      String line = reader.readLine();
      if (line == null) {
        return; // Killed before it could say who it is.
      }
      String[] name = line.split(" ");
      int index =
          begin(new Life(number(name[0]), (int) number(name[1]), name[2], opened, STILL_ALIVE));
      connection.getOutputStream().write('\n');
      awaitEnd(reader);
      end(index);
    } catch (IOException e) {
      throw new IllegalStateException("a workload that doesn't speak like life.py", e);
    }
  }

  private static void awaitEnd(BufferedReader reader) {
    try {
      var unused = reader.transferTo(Writer.nullWriter());
    } catch (IOException e) {
      // Reset instead of closed: gone as well.
    }
  }

  private synchronized int begin(Life life) {
    lives.add(life);
    return lives.size() - 1;
  }

  private synchronized void end(int index) {
    Life life = lives.get(index);
    lives.set(
        index, new Life(life.run, life.attempt, life.role, life.fromNanos, System.nanoTime()));
  }

  private static long number(String text) {
    return Long.parseLong(text);
  }
}
