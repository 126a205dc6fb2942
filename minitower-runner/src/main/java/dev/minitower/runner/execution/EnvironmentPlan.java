package dev.minitower.runner.execution;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What goes into an environment, and who puts it there.
 *
 * @param variables of the installer
 */
record EnvironmentPlan(
    Dependencies dependencies,
    Interpreter interpreter,
    Installer installer,
    Map<String, String> variables) {

  /** For people, at the beginning of a line. */
  String title() {
    return "packages of " + dependencies.source() + ": ";
  }

  List<String> makeLine(Path folder) {
    return installer.makeLine(interpreter.executable(), folder);
  }

  List<String> installLine(Path folder) {
    return installer.installLine(interpreter.executable(), folder, dependencies.installArguments());
  }

  /** With a place for the exit code. */
  String failure() {
    return "installing the requirements of %s failed (%s exit code %%d)"
        .formatted(dependencies.source(), installer.kind().title());
  }
}
