package dev.minitower.bench.server;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What must be put away when this JVM is told to end: the last that was begun goes first, so that a
 * process has ended before its folder goes.
 */
final class AtExit {
  private static final AtExit INSTANCE = new AtExit();

  private final Deque<Runnable> duties = new ArrayDeque<>();

  private AtExit() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::perform));
  }

  static void add(Runnable duty) {
    synchronized (INSTANCE.duties) {
      INSTANCE.duties.push(duty);
    }
  }

  static void remove(Runnable duty) {
    synchronized (INSTANCE.duties) {
      boolean unused = INSTANCE.duties.remove(duty);
    }
  }

  private void perform() {
    synchronized (duties) {
      duties.forEach(Runnable::run);
    }
  }
}
