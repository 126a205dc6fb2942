package dev.minitower.runner.execution;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A sandbox by bubblewrap: own mount, pid, ipc and uts namespaces, the root read-only, temporary
 * folders of its own, and no capability left. Needs no privilege where the system lets users make
 * user namespaces.
 */
record BubblewrapHold(Sandbox sandbox) implements Hold {
  private static final List<Path> TEMPORARY = List.of(Path.of("/tmp"), Path.of("/var/tmp"));

  @Override
  public String name() {
    return "namespace";
  }

  @Override
  public List<String> wrap(List<String> line, Command command) {
    var wrapped = new ArrayList<>(List.of("bwrap", "--ro-bind", "/", "/"));
    wrapped.addAll(List.of("--dev", "/dev", "--proc", "/proc"));
    TEMPORARY.stream().filter(Files::isDirectory).forEach(path -> mount(wrapped, "--tmpfs", path));
    sandbox.hidden().forEach(path -> hide(wrapped, path));
    command.access().readable().forEach(path -> bind(wrapped, "--ro-bind", path));
    command.access().writable().forEach(path -> bind(wrapped, "--bind", path));
    wrapped.addAll(List.of("--unshare-pid", "--unshare-ipc", "--unshare-uts"));
    if (!sandbox.network() && !command.access().network()) {
      wrapped.add("--unshare-net");
    }
    // The thread that starts it waits for it, so that the parent's death is the runner's.
    wrapped.addAll(List.of("--cap-drop", "ALL", "--as-pid-1", "--die-with-parent"));
    wrapped.addAll(List.of("--chdir", command.folder().toString(), "--"));
    wrapped.addAll(NamespaceHold.first(line));
    return wrapped;
  }

  @Override
  public boolean rootIsWorkload() {
    return false;
  }

  private static void hide(List<String> line, Path path) {
    if (Files.isDirectory(path)) {
      mount(line, "--tmpfs", path);
    } else if (Files.exists(path)) {
      line.addAll(List.of("--ro-bind", "/dev/null", path.toString()));
    }
  }

  private static void mount(List<String> line, String how, Path path) {
    line.addAll(List.of(how, path.toString()));
  }

  private static void bind(List<String> line, String how, Path path) {
    line.addAll(List.of(how, path.toString(), path.toString()));
  }
}
