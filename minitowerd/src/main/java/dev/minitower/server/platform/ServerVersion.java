package dev.minitower.server.platform;

/** What the build wrote into the jar. */
public final class ServerVersion {
  private ServerVersion() {}

  public static String current() {
    String version = ServerVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
