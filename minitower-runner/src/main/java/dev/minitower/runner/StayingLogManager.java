package dev.minitower.runner;

import java.util.logging.LogManager;

/**
 * Logging that goes on to the last moment. The JDK's own manager removes all handlers in a shutdown
 * hook, beside ours which hands runs back and has a lot to say.
 */
public final class StayingLogManager extends LogManager {

  @Override
  public void reset() {
    // Called by the hook, and before a configuration is read: there is none.
  }
}
