package dev.minitower.cli.follow;

import dev.minitower.cli.http.ApiClient;
import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.http.EventStream;
import dev.minitower.cli.http.ServerEvent;
import dev.minitower.cli.http.ServerRefusal;
import dev.minitower.cli.platform.CliException;
import dev.minitower.cli.platform.Json;
import dev.minitower.cli.platform.Pause;
import dev.minitower.model.lifecycle.RunStatus;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Follows a run from its first line to its end. It reads the event stream, takes it up again where
 * it broke off, and goes over to plain calls when the server has no stream or something between
 * swallows it.
 */
public final class RunFollower {
  /** What a server or a proxy that has no stream here answers. */
  private static final Set<Integer> NO_STREAM = Set.of(404, 405, 406, 501);

  /** So many streams in a row that were accepted and then said nothing: there is none. */
  private static final int MUTE_STREAMS = 3;

  private final ApiClient api;
  private final ApiPath eventsPath;
  private final RunTail tail;
  private final Persistence persistence;
  private final RunPoller poller;
  private int muteStreams;

  public RunFollower(ApiClient api, long runId, Pause pause, RunListener listener) {
    this.api = api;
    this.eventsPath = ApiPath.of("runs", runId, "events");
    this.tail = new RunTail(listener);
    this.persistence = new Persistence(pause, listener);
    this.poller = new RunPoller(api, runId, tail, persistence, pause);
  }

  /** Tells what comes after a position; the state in which the run ended. */
  public RunStatus follow(LogPosition from) {
    tail.startAfter(from);
    try {
      while (muteStreams < MUTE_STREAMS) {
        if (readStream()) {
          return tail.end().orElseGet(poller::toTheEnd);
        }
        persistence.pauseAfterBreak();
      }
    } catch (NoStreamException none) {
      return poller.toTheEnd();
    }
    return poller.toTheEnd();
  }

  /** Reads one stream; true when the server said that nothing more will come. */
  private boolean readStream() throws NoStreamException {
    try (EventStream stream = open()) {
      if (!stream.isEventStream()) {
        throw new NoStreamException();
      }
      muteStreams++;
      return readEvents(stream);
    } catch (IOException broken) {
      return false;
    }
  }

  private EventStream open() throws NoStreamException {
    try {
      return persistence.untilAnswered(() -> api.events(eventsPath, tail.lastEventId()));
    } catch (ServerRefusal refusal) {
      if (NO_STREAM.contains(refusal.status())) {
        throw new NoStreamException();
      }
      throw refusal;
    }
  }

  private boolean readEvents(EventStream stream) throws IOException {
    for (Optional<ServerEvent> event = stream.next(); event.isPresent(); event = stream.next()) {
      muteStreams = 0;
      persistence.progressed();
      if (event.get().name().equals("end")) {
        return true;
      }
      handle(event.get());
    }
    return false;
  }

  /** Events with other names are a newer server's. */
  private void handle(ServerEvent event) {
    switch (event.name()) {
      case "run" -> tail.run(parse(event), event.data());
      case "log" -> tail.line(parse(event), event.data());
      default -> {}
    }
  }

  private static JsonNode parse(ServerEvent event) {
    try {
      return Json.parse(event.data());
    } catch (JacksonException malformed) {
      throw new CliException("the server's event stream holds something that isn't JSON");
    }
  }

  /** The server answers plain calls only. */
  private static final class NoStreamException extends Exception {}
}
