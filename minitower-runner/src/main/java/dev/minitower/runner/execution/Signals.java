package dev.minitower.runner.execution;

import java.util.Map;

/** Exit codes in words. */
final class Signals {
  private static final int SIGNALLED = 128;

  /** The signals that end a process by default, with the same number on every Linux we run on. */
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(1, "SIGHUP"),
          Map.entry(2, "SIGINT"),
          Map.entry(3, "SIGQUIT"),
          Map.entry(4, "SIGILL"),
          Map.entry(5, "SIGTRAP"),
          Map.entry(6, "SIGABRT"),
          Map.entry(7, "SIGBUS"),
          Map.entry(8, "SIGFPE"),
          Map.entry(9, "SIGKILL"),
          Map.entry(11, "SIGSEGV"),
          Map.entry(13, "SIGPIPE"),
          Map.entry(14, "SIGALRM"),
          Map.entry(15, "SIGTERM"),
          Map.entry(24, "SIGXCPU"),
          Map.entry(25, "SIGXFSZ"),
          Map.entry(31, "SIGSYS"));

  private Signals() {}

  static boolean isSignal(int exitCode) {
    return NAMES.containsKey(exitCode - SIGNALLED);
  }

  static String describe(int exitCode) {
    String signal = NAMES.get(exitCode - SIGNALLED);
    return signal == null
        ? "exited with code " + exitCode
        : "ended by %s (exit code %d)".formatted(signal, exitCode);
  }
}
