package dev.minitower.server.runs;

import dev.minitower.server.events.Change;
import dev.minitower.server.events.Change.RunChanged;
import dev.minitower.server.events.ChangeFeed;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** One line in the server's own log for each change of a run's status, once it is committed. */
@Component
class RunLog {
  private static final Logger log = LoggerFactory.getLogger(RunLog.class);

  RunLog(ChangeFeed feed) {
    feed.listen(RunLog::write);
  }

  private static void write(Change change) {
    if (change instanceof RunChanged run) {
      log.info(
          "Run {} run={}{} team={} app={} status={}",
          run.cause().name().toLowerCase(Locale.ROOT),
          run.runId(),
          attempt(run),
          run.teamSlug(),
          run.appSlug(),
          run.status().code());
    }
  }

  private static String attempt(RunChanged run) {
    return run.attemptNo() == null
        ? ""
        : " attempt=%d runner=%s".formatted(run.attemptNo(), run.runner());
  }
}
