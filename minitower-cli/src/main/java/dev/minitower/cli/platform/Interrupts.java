package dev.minitower.cli.platform;

/** Lets a command say a last word when the person presses Ctrl-C. */
@FunctionalInterface
public interface Interrupts {
  /** Runs the action at an interrupt, unless the registration was closed before. */
  Registration onInterrupt(Runnable lastWord);

  /** Ends a registration. */
  @FunctionalInterface
  interface Registration {
    void close();
  }

  /** By a hook on the JVM's shutdown, which SIGINT and SIGTERM start. */
  static Registration onShutdown(Runnable lastWord) {
    var hook = new Thread(lastWord, "last-word");
    Runtime.getRuntime().addShutdownHook(hook);
    return () -> {
      try {
        var unused = Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException shuttingDown) {
        // Too late to take it back: the JVM is ending and the hook has been started.
      }
    };
  }
}
