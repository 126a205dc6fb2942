package dev.minitower.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A folder run on this machine, beside the same folder run by a server and a runner. */
class CliLocalRunIT {
  @RegisterExtension static final Site site = Site.withLongLeases();

  @Test
  void program_sees_here_what_it_sees_on_a_runner() {
    String dir =
        site.project(
                "mirror",
                """
                script = "main.py"
                import_paths = ["lib"]
                [[parameters]]
                name = "TIMES"
                type = "integer"
                default = 2
                """)
            .with("lib/words.py", "HELLO = 'hello'\n")
            .with(
                "main.py",
                """
                import json, os, sys, words
                numbered = ("RUN_ID", "RUN_NO", "ENVIRONMENT", "MARKER", "STOPPING", "CODE")
                for name in sorted(os.environ):
                    if not name.endswith(numbered):
                        folder = os.path.dirname(os.environ["HOME"])
                        print(name, os.environ[name].replace(folder, "FOLDER"))
                print(words.HELLO, sys.argv, sys.stdin.read(), oct(os.umask(0)), os.getcwd()[-8:])
                print(sorted(os.listdir(".")), file=sys.stderr)
                """)
            .folder()
            .toString();
    var unused = site.startRunner("worker");

    Cli.Result there = site.cli().mustRun("run", "--deploy", "--dir", dir, "-p", "X=y");
    Cli.Result here = site.cli().mustRun("run", "--local", "--dir", dir, "-p", "X=y");

    assertThat(here.out()).contains("TIMES 2", "X y").isEqualTo(there.out());
    assertThat(here.err()).contains("['Towerfile', 'lib', 'main.py']");
    assertThat(there.err()).contains("['Towerfile', 'lib', 'main.py']");
  }

  @Test
  void packages_are_installed_once_and_used_again() throws IOException {
    Project project =
        site.python("packaged", "import greeting\nprint(greeting.WORD)\n")
            .with("requirements.txt", "--no-index\n--find-links wheels\ngreeting==1.0\n");
    Wheel.write(project.folder().resolve("wheels"), "greeting", "WORD = 'from a wheel'\n");
    String dir = project.folder().toString();

    Cli.Result first = site.cli().mustRun("run", "--local", "--dir", dir);
    Cli.Result second = site.cli().mustRun("run", "--local", "--dir", dir);

    assertThat(first.out()).endsWith("\nfrom a wheel\n");
    assertThat(first.err()).contains("packages of requirements.txt: installing");
    assertThat(second.out()).isEqualTo("from a wheel\n");
    assertThat(second.err()).contains("packages of requirements.txt: reused");
  }

  @Test
  void project_from_init_to_run_needs_no_server() throws IOException {
    Path folder = Files.createDirectories(site.folder().resolve("projects/fresh"));
    Files.writeString(folder.resolve("main.py"), "import os\nprint('hi', os.environ['NAME'])\n");
    Cli nobody = site.cli().ofNobody("none.json");
    String dir = folder.toString();

    nobody.mustRun("init", "--yes", "--force", "--dir", dir);
    nobody.mustRun("validate", "--dir", dir);
    Cli.Result listed = nobody.mustRun("package", "--list", "--dir", dir);
    Cli.Result ran = nobody.mustRun("run", "--local", "-p", "NAME=Ada", "--dir", dir);

    assertThat(listed.out()).contains("Towerfile", "main.py");
    assertThat(ran.out()).isEqualTo("hi Ada\n");
  }

  @Test
  void signal_ends_the_program_and_everything_it_has_started() {
    String dir =
        site.project("tree", "script = \"main.sh\"\n")
            .with("main.sh", "sleep 613.25 & setsid sleep 613.25 & echo started; wait\n")
            .folder()
            .toString();
    Cli.Call call = site.cli().start("run", "--local", "--dir", dir);
    var started =
        Eventually.within(Duration.ofSeconds(60))
            .see("the program's first line", call::linesSoFar, lines -> lines == 1);
    assertThat(started).isEqualTo(1);

    call.process().terminate();

    assertThat(call.awaitEnd().exitCode()).isEqualTo(143);
    assertThat(ProcessHandle.allProcesses())
        .noneMatch(process -> process.info().commandLine().orElse("").contains("sleep 613.25"));
  }
}
