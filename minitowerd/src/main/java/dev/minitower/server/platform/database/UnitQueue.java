package dev.minitower.server.platform.database;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the writer, in two bounded lanes. What is urgent goes first, but as long as
 * ordinary work waits, every fifth unit is ordinary. A lane that is full refuses: a storm in one
 * never shuts the other.
 *
 * <p>A patient unit goes with whatever the writer does next, before everything else, but has the
 * writer begin for its own sake only once its patience is over.
 */
final class UnitQueue {
  static final int LANE_CAPACITY = 4_096;
  private static final int URGENT_IN_A_ROW = 4;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<UnitOfWork<?>> urgent = new ArrayDeque<>();
  private final Queue<UnitOfWork<?>> ordinary = new ArrayDeque<>();
  private final Queue<Patient> patient =
      new PriorityQueue<>(Comparator.comparingLong(Patient::dueNanos));
  private int urgentInARow;
  private boolean closed;

  /** Whether a unit will be run. */
  enum Offer {
    ACCEPTED,
    FULL,
    CLOSED
  }

  /** By the clock of {@link System#nanoTime}. */
  private record Patient(UnitOfWork<?> unit, long dueNanos) {}

  Offer offer(UnitOfWork<?> unit) {
    return offer(ordinary, unit);
  }

  Offer offerUrgent(UnitOfWork<?> unit) {
    return offer(urgent, unit);
  }

  Offer offerPatient(UnitOfWork<?> unit, Duration patience) {
    return offer(patient, new Patient(unit, System.nanoTime() + patience.toNanos()));
  }

  private <E> Offer offer(Queue<E> lane, E unit) {
    lock.lock();
    try {
      if (closed) {
        return Offer.CLOSED;
      }
      if (lane.size() >= LANE_CAPACITY) {
        return Offer.FULL;
      }
      lane.add(unit);
      changed.signal();
      return Offer.ACCEPTED;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next unit; null once the queue is closed and empty. */
  @Nullable UnitOfWork<?> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && urgent.isEmpty() && ordinary.isEmpty()) {
        if (patient.isEmpty()) {
          changed.await();
        } else if (changed.awaitNanos(patient.element().dueNanos() - System.nanoTime()) <= 0) {
          break;
        }
      }
      return next();
    } finally {
      lock.unlock();
    }
  }

  /** The next unit, or null if none waits. */
  @Nullable UnitOfWork<?> poll() {
    lock.lock();
    try {
      return next();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable UnitOfWork<?> next() {
    if (!patient.isEmpty()) {
      return patient.remove().unit();
    }
    if (urgent.isEmpty() || (urgentInARow >= URGENT_IN_A_ROW && !ordinary.isEmpty())) {
      urgentInARow = 0;
      return ordinary.poll();
    }
    urgentInARow++;
    return urgent.poll();
  }

  int size() {
    lock.lock();
    try {
      return urgent.size() + ordinary.size() + patient.size();
    } finally {
      lock.unlock();
    }
  }

  /** What was accepted can still be taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }
}
