package dev.minitower.server.runners;

import dev.minitower.model.api.RunnerStateRequest;
import dev.minitower.server.events.Change;
import dev.minitower.server.events.ChangeFeed;
import dev.minitower.server.platform.auth.RunnerPrincipal;
import dev.minitower.server.platform.database.Transactions;
import dev.minitower.server.platform.web.ApiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** What runners say they are doing. It is for people to see: leasing does not depend on it. */
@Service
final class RunnerStateService {
  private static final Logger log = LoggerFactory.getLogger(RunnerStateService.class);

  private final Transactions transactions;
  private final RunnerRepository runners;
  private final ChangeFeed feed;

  RunnerStateService(Transactions transactions, RunnerRepository runners, ChangeFeed feed) {
    this.transactions = transactions;
    this.runners = runners;
    this.feed = feed;
  }

  /** Notes a change, and tells it. To say again what is known costs no commit. */
  void note(RunnerPrincipal runner, RunnerStateRequest said) {
    if (runners.find(runner.runnerId()).filter(known -> known.says(said)).isPresent()) {
      return;
    }
    if (!transactions.write(() -> changed(runner, said))) {
      throw ApiException.unauthorized("the runner token is unknown");
    }
    log.info(
        "Runner changed its state runner={} name={} state={}",
        runner.runnerId(),
        runner.name(),
        said.state().code());
  }

  private boolean changed(RunnerPrincipal runner, RunnerStateRequest said) {
    boolean saved = runners.saveState(runner, said.state(), said.reason());
    if (saved) {
      feed.publish(new Change.RunnerChanged(runner.runnerId()));
    }
    return saved;
  }
}
