package dev.minitower.cli.command;

import dev.minitower.cli.config.ConfigStore;
import dev.minitower.cli.config.Connection;
import dev.minitower.cli.http.Answer;
import dev.minitower.cli.http.ApiClient;
import dev.minitower.cli.output.HumanText;
import dev.minitower.cli.output.Output;
import dev.minitower.cli.platform.Json;
import dev.minitower.cli.platform.Surroundings;
import java.time.Duration;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** What commands share: where to print, whom to call, which profile is in use. */
public final class CommandContext {
  private final Surroundings surroundings;
  private final RootCommand options;
  private final Output out;
  private final Output err;

  CommandContext(Surroundings surroundings, RootCommand options) {
    this.surroundings = surroundings;
    this.options = options;
    var streams = surroundings.streams();
    var environment = surroundings.environment();
    this.out = new Output(streams.out(), streams.outIsTerminal(), environment);
    this.err = new Output(streams.err(), streams.errIsTerminal(), environment);
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

  Connection connection() {
    if (options.token != null) {
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
    return new ApiClient(connection, this::trace);
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

  private void trace(String call, int status, Duration took, String requestId) {
    if (options.verbose) {
      err.line(
          call + ": HTTP " + status + " after " + took.toMillis() + " ms, request id " + requestId);
    }
  }
}
