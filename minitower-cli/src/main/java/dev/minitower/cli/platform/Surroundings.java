package dev.minitower.cli.platform;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.IntSupplier;

/** All that one invocation sees of the world besides files and the network. */
public record Surroundings(
    Map<String, String> environment,
    Streams streams,
    PasswordPrompt passwordPrompt,
    LinePrompt linePrompt,
    InstantSource clock,
    Pause pause,
    Interrupts interrupts) {

  /**
   * The standard streams, and which of the outputs a person is looking at.
   *
   * @param columns the width of the terminal behind an output, or behind none
   */
  public record Streams(
      InputStream in,
      PrintStream out,
      PrintStream err,
      boolean outIsTerminal,
      boolean errIsTerminal,
      IntSupplier columns) {

    public PrintWriter outWriter() {
      return new PrintWriter(out, true, StandardCharsets.UTF_8);
    }

    public PrintWriter errWriter() {
      return new PrintWriter(err, true, StandardCharsets.UTF_8);
    }
  }

  public static Surroundings ofProcess() {
    boolean outIsTerminal = TerminalCheck.isTerminal(1);
    var streams =
        new Streams(
            System.in,
            utf8(FileDescriptor.out),
            utf8(FileDescriptor.err),
            outIsTerminal,
            TerminalCheck.isTerminal(2),
            new TerminalWidth(outIsTerminal ? 1 : 2));
    return new Surroundings(
        System.getenv(),
        streams,
        PasswordPrompt::onConsole,
        LinePrompt::onConsole,
        InstantSource.system(),
        Pause::sleep,
        Interrupts::onShutdown);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    var buffered = new BufferedOutputStream(new FileOutputStream(descriptor), 8192);
    return new PrintStream(buffered, false, StandardCharsets.UTF_8);
  }
}
