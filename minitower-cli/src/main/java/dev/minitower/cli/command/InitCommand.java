package dev.minitower.cli.command;

import dev.minitower.cli.platform.CliException;
import dev.minitower.cli.platform.Json;
import dev.minitower.model.identity.Slugs;
import dev.minitower.model.towerfile.Towerfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the Towerfile that a project lacks, from what is in its folder. */
@Command(
    name = "init",
    footer = {
      "",
      "On a terminal it asks, with what it has found as the answers; elsewhere it takes those.",
      "",
      "Examples: minitower-cli init",
      "          minitower-cli init --yes --script jobs/nightly.py --name nightly"
    })
final class InitCommand extends PlainCommand {
  private static final int LONGEST_SLUG = 63;

  @Mixin ProjectFolder folder = new ProjectFolder();

  @Option(
      names = "--name",
      paramLabel = "APP",
      description = "The app's slug. Without it: made from the folder's name.")
  @Nullable String name;

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description =
          "The program, ending in .py or .sh. Without it: main.py, app.py, run.sh or what else"
              + " looks like it.")
  @Nullable String script;

  @Option(
      names = {"-y", "--yes"},
      description = "Ask nothing.")
  boolean yes;

  @Option(names = "--force", description = "Replace a Towerfile that is there.")
  boolean force;

  InitCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    try {
      write(folder.dir.toAbsolutePath().normalize());
    } catch (IOException failed) {
      throw new CliException("can't make a Towerfile in " + folder.dir + ": " + failed);
    } catch (UncheckedIOException failed) {
      throw new CliException("can't look into " + folder.dir + ": " + failed.getCause());
    }
  }

  private void write(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      throw CliException.usage("there is no folder " + root);
    }
    Path file = root.resolve(Towerfile.FILE_NAME);
    if (!force && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new CliException("there is a Towerfile in " + root + " already; --force replaces it");
    }
    String chosenScript = chooseScript(root);
    String chosenName = chooseName(root);
    Towerfile towerfile = NewTowerfile.write(file, chosenName, chosenScript);
    tell(root, file, towerfile);
  }

  private String chooseScript(Path root) {
    if (script != null) {
      return existing(root, script);
    }
    Optional<String> found = new ScriptFinder(root).find();
    Optional<String> answer = ask("script", found.orElse(""), text -> existing(root, text));
    return answer
        .or(() -> found)
        .orElseThrow(
            () ->
                CliException.usage(
                    "no file in " + root + " stands out as the program; name it with --script"));
  }

  private String chooseName(Path root) {
    if (name != null) {
      return slug(name);
    }
    String found = slugOf(String.valueOf(root.getFileName()));
    return ask("name of the app", found, InitCommand::slug).orElse(found);
  }

  /** The answer, asked for until it is a good one; empty where nothing is to be asked. */
  private Optional<String> ask(String what, String proposed, UnaryOperator<String> check) {
    while (!yes) {
      Optional<String> line =
          context.surroundings().linePrompt().ask(what + " [" + proposed + "]: ");
      if (line.isEmpty()) {
        return Optional.empty();
      }
      String text = line.get().strip();
      try {
        return Optional.of(check.apply(text.isEmpty() ? proposed : text));
      } catch (CliException wrong) {
        context.err().line(wrong.sentence());
      }
    }
    return Optional.empty();
  }

  private static String existing(Path root, String path) {
    if (!path.endsWith(".py") && !path.endsWith(".sh")) {
      throw CliException.usage("the script must end in .py or .sh, not be '" + path + "'");
    }
    if (!Files.isRegularFile(root.resolve(path))) {
      throw CliException.usage("there is no file " + path + " in " + root);
    }
    return path;
  }

  private static String slug(String text) {
    Slugs.problem(text)
        .ifPresent(
            problem -> {
              throw CliException.usage("the name of the app " + problem);
            });
    return text;
  }

  /** What a folder's name becomes as a slug; {@code app} and a dash before it where it can't. */
  static String slugOf(String folder) {
    String dashed =
        folder.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    String cut = dashed.substring(0, Math.min(LONGEST_SLUG, dashed.length())).replaceAll("-$", "");
    if (Slugs.problem(cut).isEmpty()) {
      return cut;
    }
    return cut.isEmpty() ? "my-app" : "app-" + cut;
  }

  private void tell(Path root, Path file, Towerfile towerfile) {
    String packages =
        Files.isRegularFile(root.resolve("requirements.txt"))
            ? "requirements.txt"
            : Files.isRegularFile(root.resolve("pyproject.toml")) ? "pyproject.toml" : "";
    if (context.wantsJson()) {
      var json =
          Json.object()
              .put("file", file.toString())
              .put("name", towerfile.name())
              .put("script", towerfile.script());
      context.out().json(Json.write(packages.isEmpty() ? json : json.put("packages", packages)));
      return;
    }
    context
        .out()
        .line("made " + file + ": app " + towerfile.name() + " runs " + towerfile.script());
    if (!packages.isEmpty() && towerfile.script().endsWith(".py")) {
      context.err().line("the packages of " + packages + " are installed before it runs");
    }
    String dir = folder.dir.toString().isEmpty() ? "" : " --dir " + folder.dir;
    context.err().line("next: minitower-cli run --local" + dir);
    context.err().line("      minitower-cli run --deploy" + dir);
  }
}
