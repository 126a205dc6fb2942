package dev.minitower.cli.command;

import dev.minitower.cli.command.Finding.Severity;
import dev.minitower.cli.output.Colour;
import dev.minitower.cli.platform.CliException;
import dev.minitower.cli.platform.ExitCodes;
import dev.minitower.cli.platform.Json;
import dev.minitower.model.artifact.ArtifactLimits;
import dev.minitower.model.artifact.PackedFile;
import dev.minitower.model.towerfile.InvalidTowerfileException;
import dev.minitower.model.towerfile.Towerfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.ObjectNode;

/** Tells all at once what a deploy would refuse, without a server. */
@Command(
    name = "validate",
    footer = {
      "",
      "Exit codes: 0 can be deployed, 1 has errors.",
      "",
      "Examples: minitower-cli validate",
      "          minitower-cli validate --dir examples/hello --json"
    })
final class ValidateCommand extends CliCommand {
  @Mixin ProjectFolder folder = new ProjectFolder();

  private final List<Finding> findings = new ArrayList<>();
  private List<PackedFile> files = List.of();
  private String app = "";

  ValidateCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    check();
    boolean valid = findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
    if (context.wantsJson()) {
      context.out().json(Json.write(json(valid)));
    } else {
      Path towerfile = folder.dir.resolve(Towerfile.FILE_NAME);
      for (Finding finding : findings) {
        Colour colour = finding.severity() == Severity.ERROR ? Colour.RED : Colour.YELLOW;
        context.out().line(colour, finding.sentence(towerfile));
      }
      if (valid) {
        context.out().line("can be deployed: " + app + ", " + Packing.files(files));
      }
    }
    return valid ? ExitCodes.OK : ExitCodes.FAILURE;
  }

  private void check() {
    try {
      Project project = Project.read(folder.dir);
      app = project.towerfile().name();
      project.warnings().forEach(warning -> findings.add(Finding.of(Severity.WARNING, warning)));
      checkFiles(project);
    } catch (InvalidTowerfileException invalid) {
      invalid.problems().forEach(problem -> findings.add(Finding.of(Severity.ERROR, problem)));
    }
  }

  private void checkFiles(Project project) {
    for (String path : project.towerfile().importPaths()) {
      if (!Files.isDirectory(project.root().resolve(path))) {
        findings.add(Finding.ofFiles(Severity.WARNING, "import path " + path + " is no folder"));
      }
    }
    try {
      files = project.files();
    } catch (CliException refused) {
      findings.add(Finding.ofFiles(Severity.ERROR, refused.sentence()));
    }
    for (PackedFile file : files) {
      if (!Files.isReadable(project.root().resolve(file.path())) && file.size() > 0) {
        findings.add(Finding.ofFiles(Severity.ERROR, file.path() + " can't be read"));
      }
    }
    long limit = ArtifactLimits.DEFAULT.maxUnpackedBytes();
    if (files.stream().mapToLong(PackedFile::size).sum() > limit) {
      findings.add(
          Finding.ofFiles(
              Severity.ERROR,
              Packing.files(files)
                  + " are more than the "
                  + limit
                  + " bytes that an artifact may hold; .minitowerignore leaves files out"));
    }
  }

  private ObjectNode json(boolean valid) {
    ObjectNode json = Json.object().put("valid", valid);
    if (!app.isEmpty()) {
      json.put("app", app).put("files", files.size());
    }
    var list = json.putArray("problems");
    findings.forEach(finding -> list.add(finding.json()));
    return json;
  }
}
