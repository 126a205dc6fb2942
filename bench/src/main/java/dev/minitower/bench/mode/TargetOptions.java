package dev.minitower.bench.mode;

import dev.minitower.bench.http.Endpoint;
import dev.minitower.bench.server.Credentials;
import dev.minitower.bench.server.Program;
import dev.minitower.bench.server.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which server is measured. */
final class TargetOptions {
  @ArgGroup(multiplicity = "1")
  Where where = new Where();

  @Option(
      names = "--java",
      paramLabel = "FILE",
      description = "the JVM that runs the server (default: the one that runs this)")
  Path java = Path.of(System.getProperty("java.home"), "bin", "java");

  @Option(
      names = "--java-opt",
      paramLabel = "OPTION",
      description = "an option for that JVM, again for each; instead of ${DEFAULT-VALUE}",
      defaultValue = "-XX:+UseSerialGC,-Xmx256m",
      split = ",(?=-)")
  List<String> javaOptions;

  @Option(
      names = "--work-dir",
      paramLabel = "FOLDER",
      description =
          "where a started server keeps its data (default: the folder for temporary files)")
  Path work = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(
      names = "--server-pid",
      paramLabel = "PID",
      description = "of the server at --url, so that its CPU time can be told")
  @Nullable Long pid;

  @Option(
      names = "--registration-token",
      paramLabel = "TOKEN",
      description = "of the server at --url")
  String registrationToken = "";

  @Option(names = "--bootstrap-token", paramLabel = "TOKEN", description = "of the server at --url")
  @Nullable String bootstrapToken;

  @Option(
      names = "--team-token",
      paramLabel = "TOKEN",
      description = "of the server at --url; without any of the two it signs up")
  @Nullable String teamToken;

  /** One of the two. */
  static final class Where {
    @Option(names = "--url", required = true, description = "a server that is up: http://HOST:PORT")
    @Nullable String url;

    @Option(
        names = "--server-jar",
        required = true,
        paramLabel = "FILE",
        description = "a server to start, with an empty database; also a program that is no jar")
    @Nullable Path jar;
  }

  Target open() throws IOException, InterruptedException {
    Path jar = where.jar;
    return jar != null
        ? Target.start(program(jar), work)
        : Target.running(endpoint(), given(), pid);
  }

  /** A server that is started here, over a database that was filled before. */
  Target openFilled(Target.Filler filler) throws IOException, InterruptedException {
    Path jar = where.jar;
    if (jar == null) {
      throw new IOException("this fills a database, so it needs a --server-jar");
    }
    return Target.startFilled(program(jar), work, filler);
  }

  /** How a jar is started with these options. */
  Program program(Path file) {
    return new Program(file, java, javaOptions);
  }

  /** A program of the server's JDK. */
  Path tool(String name) {
    return new Program(java, java, javaOptions).tool(name);
  }

  private Endpoint endpoint() {
    return Endpoint.of(where.url == null ? "" : where.url);
  }

  Credentials given() {
    return new Credentials(registrationToken, bootstrapToken, teamToken);
  }
}
