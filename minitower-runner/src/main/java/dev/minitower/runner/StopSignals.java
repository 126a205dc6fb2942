package dev.minitower.runner;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes the signals that ask a program to end, each time one comes. A shutdown hook would see only
 * the first, and would have the log closed while runs are still going on.
 *
 * <p>Uses {@code sun.misc.Signal} of the module jdk.unsupported, by reflection because the compiler
 * warns of every direct use and can't be told not to.
 */
final class StopSignals {
  private static final List<String> NAMES = List.of("TERM", "INT", "HUP");

  private StopSignals() {}

  /**
   * Calls the action, on a thread of the JVM, with the name of each signal that comes. A signal
   * that was ignored when the program was started stays so.
   */
  static void handle(Consumer<String> action) {
    InvocationHandler proxied =
        (proxy, method, arguments) -> {
          if (method.getName().equals("handle")) {
            action.accept(String.valueOf(arguments[0]));
          }
          return null;
        };
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object handling =
          Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, proxied);
      for (String name : NAMES) {
        Object named = signal.getConstructor(String.class).newInstance(name);
        var unused = signal.getMethod("handle", signal, handler).invoke(null, named, handling);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java takes no signals (-Xrs?)", e);
    }
  }
}
