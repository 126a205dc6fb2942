package dev.minitower.cli.command;

import dev.minitower.cli.follow.LogPages;
import dev.minitower.cli.follow.LogPosition;
import dev.minitower.cli.http.Answer;
import dev.minitower.cli.http.ApiClient;
import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.platform.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** What a run has written so far, all attempts, each line to the output it was written to. */
@Command(
    name = "logs",
    description = "Print a run's output.",
    footer = {
      "",
      "With --follow the exit code is the run's: 0 completed, 1 failed or dead, 2 cancelled.",
      "",
      "Examples: minitower-cli runs logs 12 --tail 100 --follow",
      "          minitower-cli runs logs 12 --since 15m --grep 'ERROR|WARN' --stream stderr"
    })
final class RunsLogsCommand extends CliCommand {
  @Parameters(paramLabel = "RUN", description = "The run's id.")
  long runId;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until the run has ended.")
  boolean follow;

  @Mixin LogOptions options = new LogOptions();

  RunsLogsCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    Predicate<JsonNode> wanted = options.filter(context.surroundings().clock().instant());
    int kept = options.kept();
    ApiClient api = context.api();
    LogPosition from = LogPosition.START;
    if (options.tail != null) {
      from = printTail(api, wanted, kept);
    } else if (!follow) {
      readAll(api, page -> print(page, wanted));
    }
    return follow ? new FollowSession(context, api, runId).lines(from, wanted) : 0;
  }

  private void readAll(ApiClient api, Consumer<Answer> page) {
    var pages = new LogPages(api, runId);
    List<Integer> attempts =
        options.attempt != null
            ? List.of(options.attempt)
            : LogPages.attemptsOf(api.get(ApiPath.of("runs", runId)).json());
    if (attempts.isEmpty()) {
      pages.read(null, 0, page);
    }
    for (int attempt : attempts) {
      pages.read(attempt, 0, page);
    }
  }

  private void print(Answer page, Predicate<JsonNode> wanted) {
    if (context.wantsJson() && options.isEmpty()) {
      context.out().json(page.body());
      return;
    }
    print(entries(page).stream().filter(wanted).toList());
  }

  private void print(List<JsonNode> entries) {
    if (context.wantsJson()) {
      var list = Json.object();
      list.putArray("logs").addAll(entries);
      context.out().json(Json.write(list));
      return;
    }
    var printer = new LogPrinter(context);
    entries.forEach(printer::print);
  }

  /** Prints the last lines; answers up to where the log was read. */
  private LogPosition printTail(ApiClient api, Predicate<JsonNode> wanted, int kept) {
    Deque<JsonNode> last = new ArrayDeque<>();
    var position = new LogPosition[] {LogPosition.START};
    readAll(
        api,
        page -> {
          for (JsonNode entry : entries(page)) {
            position[0] = LogPosition.of(entry);
            if (wanted.test(entry)) {
              last.add(entry);
            }
            if (last.size() > kept) {
              last.remove();
            }
          }
        });
    print(List.copyOf(last));
    return position[0];
  }

  private static List<JsonNode> entries(Answer page) {
    return List.copyOf(page.json().path("logs").values());
  }
}
