package dev.minitower.server.platform.database;

import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Keeps something in memory of which the newest is enough, and which may be lost back to the last
 * time that {@link LazyWrites} wrote it.
 */
public interface Unwritten {
  /** What there is to write now; empty if nothing is. */
  Optional<Batch> unwritten();

  /**
   * @param write inside a unit of work; returns how many rows it changed
   * @param written once it is durable
   */
  record Batch(IntSupplier write, Runnable written) {}
}
