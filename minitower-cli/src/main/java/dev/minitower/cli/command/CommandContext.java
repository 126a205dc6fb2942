package dev.minitower.cli.command;

import dev.minitower.cli.config.ConfigStore;
import dev.minitower.cli.config.Connection;
import dev.minitower.cli.http.Answer;
import dev.minitower.cli.http.ApiClient;
import dev.minitower.cli.http.CallTrace;
import dev.minitower.cli.output.HumanText;
import dev.minitower.cli.output.Output;
import dev.minitower.cli.output.WaitingLine;
import dev.minitower.cli.platform.Json;
import dev.minitower.cli.platform.Surroundings;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** What commands share: where to print, whom to call, which profile is in use. */
public final class CommandContext {
  private final Surroundings surroundings;
  private final RootCommand options;
  private final Output out;
  private final Output err;
  private boolean warnedOfToken;

  CommandContext(Surroundings surroundings, RootCommand options) {
    this.surroundings = surroundings;
    this.options = options;
    var streams = surroundings.streams();
    this.out = output(streams.out(), streams.outIsTerminal());
    this.err = output(streams.err(), streams.errIsTerminal());
  }

  private Output output(PrintStream stream, boolean terminal) {
    return new Output(
        stream,
        terminal,
        surroundings.environment(),
        () -> options.color,
        surroundings.streams().columns());
  }

  Surroundings surroundings() {
    return surroundings;
  }

  /** For what was asked for. */
  public Output out() {
    return out;
  }

  /** For what is said about it. */
  public Output err() {
    return err;
  }

  boolean wantsJson() {
    return options.json;
  }

  ConfigStore configStore() {
    return ConfigStore.of(surroundings.environment());
  }

  /** Warns once of a token that others may see, on the error output also with {@code --json}. */
  Connection connection() {
    if (options.token != null && !warnedOfToken) {
      warnedOfToken = true;
      err.line(
          "warning: other users of this machine may see a token on the command line; set"
              + " MINITOWER_API_TOKEN instead");
    }
    return Connection.resolve(options.flags(), surroundings.environment(), configStore().read());
  }

  /** The profile that a command which changes one means. */
  String profileName() {
    return options.profile != null ? options.profile : configStore().read().active();
  }

  /** A client with a token; without one the command ends here. */
  ApiClient api() {
    Connection connection = connection();
    var unused = connection.requireToken();
    return api(connection);
  }

  ApiClient api(Connection connection) {
    return new ApiClient(connection, new Calls(connection.server().url()));
  }

  /** Prints an answer: as the server wrote it, or in the command's own way. */
  void show(Answer answer, Consumer<JsonNode> forPeople) {
    if (wantsJson()) {
      out.json(answer.body());
    } else {
      forPeople.accept(answer.json());
    }
  }

  /** How long ago one of an object's times was. */
  String ago(JsonNode object, String field) {
    return HumanText.ago(Json.text(object, field), surroundings.clock().instant());
  }

  /** Tells of calls: that one takes long on a terminal, how each went with {@code --verbose}. */
  private final class Calls implements CallTrace {
    private final String server;

    Calls(String server) {
      this.server = server;
    }

    @Override
    public Waiting begins(String call) {
      Instant started = surroundings.clock().instant();
      WaitingLine line =
          WaitingLine.open(
              err,
              () ->
                  "waiting for "
                      + server
                      + " ("
                      + Duration.between(started, surroundings.clock().instant()).toSeconds()
                      + " s)");
      return line::close;
    }

    @Override
    public void called(String call, int status, Duration took, String requestId) {
      if (options.verbose) {
        String answer = ": HTTP " + status + " after " + took.toMillis() + " ms, request id ";
        err.line(call + answer + requestId);
      }
    }

    @Override
    public void unanswered(String call, Duration took) {
      if (options.verbose) {
        err.line(call + ": no answer after " + took.toMillis() + " ms");
      }
    }
  }
}
