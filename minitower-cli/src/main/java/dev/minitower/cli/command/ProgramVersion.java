package dev.minitower.cli.command;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class ProgramVersion implements IVersionProvider {
  static String current() {
    String version = ProgramVersion.class.getPackage().getImplementationVersion();
    return Objects.requireNonNullElse(version, "(development build)");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"minitower-cli " + current()};
  }
}
