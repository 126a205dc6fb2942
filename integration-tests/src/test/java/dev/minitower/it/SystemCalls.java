package dev.minitower.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What a program read, wrote and synced, in the order in which the kernel did it, as strace tells.
 *
 * @param steps those of interest: requests, answers, writes to the WAL, syncs
 */
record SystemCalls(List<Step> steps) {
  private static final Pattern CALL =
      Pattern.compile(
          "(?<thread>\\d+) +(?:<\\.\\.\\. (?<resumed>\\w+) resumed>|(?<name>\\w+)\\(\\d+<(?<file>[^>]*)>)"
              + "(?<rest>.*)");
  private static final Pattern REQUEST =
      Pattern.compile("\"(?<line>[A-Z]+ /api/v1/[^ ]*) HTTP/1\\.1\\\\r");
  private static final Pattern ANSWER = Pattern.compile("\"HTTP/1\\.1 (?<status>\\d{3}) ");

  enum Kind {
    REQUEST,
    ANSWER,
    WROTE,
    SYNCED
  }

  /**
   * One moment.
   *
   * @param file what was read, written or synced: a path, or a connection
   * @param text method and path of a request, the status of an answer, else empty
   */
  record Step(Kind kind, String file, String text) {}

  /** What makes strace the program that begins another and watches it from beside. */
  static List<String> recordTo(Path trace) {
    return List.of(
        "strace",
        "--daemonize",
        "--follow-forks",
        "--seccomp-bpf",
        "--decode-fds=path",
        "--string-limit=120",
        "--output=" + trace,
        "--trace=read,readv,recvfrom,recvmsg,write,writev,sendto,sendmsg,pwrite64,fsync,fdatasync",
        "--signal=none");
  }

  /** Whether strace is here and may do its work. */
  static boolean canBeRecorded(Path folder) {
    var command = new ArrayList<>(recordTo(folder.resolve("probe.strace")));
    command.add("true");
    try {
      Process probe = new ProcessBuilder(command).start();
      return probe.waitFor(20, TimeUnit.SECONDS) && probe.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static SystemCalls read(Path trace) {
    var steps = new ArrayList<Step>();
    var unfinished = new HashMap<String, String>();
    try {
      for (String line : Files.readAllLines(trace)) {
        Matcher call = CALL.matcher(line);
        if (call.matches()) {
          add(steps, call, unfinished);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SystemCalls(steps);
  }

  /**
   * A call of which another one's line falls in the middle has two lines. What arrives (a request,
   * an acknowledged sync) has happened in the second, what leaves counts from the first.
   */
  private static void add(List<Step> steps, Matcher call, Map<String, String> unfinished) {
    boolean begins = call.group("name") != null;
    boolean ends = !call.group("rest").endsWith("<unfinished ...>");
    String file = begins ? call.group("file") : unfinished.remove(call.group("thread"));
    if (begins && !ends) {
      unfinished.put(call.group("thread"), file);
    }
    String name = begins ? call.group("name") : call.group("resumed");
    String rest = call.group("rest");
    if (file != null) {
      switch (name) {
        case "fsync", "fdatasync" -> addIf(ends && rest.endsWith(" = 0"), steps, Kind.SYNCED, file);
        case "pwrite64" -> addIf(begins, steps, Kind.WROTE, file);
        default -> addMessage(steps, begins, file, rest);
      }
    }
  }

  private static void addIf(boolean happened, List<Step> steps, Kind kind, String file) {
    if (happened) {
      steps.add(new Step(kind, file, ""));
    }
  }

  /** Only reading shows a request's text, and only writing an answer's. */
  private static void addMessage(List<Step> steps, boolean begins, String file, String rest) {
    Matcher request = REQUEST.matcher(rest);
    Matcher answer = ANSWER.matcher(rest);
    if (file.startsWith("socket:") && request.find()) {
      steps.add(new Step(Kind.REQUEST, file, request.group("line")));
    } else if (file.startsWith("socket:") && begins && answer.find()) {
      steps.add(new Step(Kind.ANSWER, file, answer.group("status")));
    }
  }

  /**
   * A request with its answer.
   *
   * @param between all that the program did from having read the one until it wrote the other
   */
  record Exchange(String request, int status, List<Step> between) {
    /** A write to the file that ends so, and a sync of that file which began no sooner. */
    boolean wroteAndSynced(String suffix) {
      int wrote = indexOf(Kind.WROTE, suffix, 0);
      return wrote >= 0 && indexOf(Kind.SYNCED, suffix, wrote) >= 0;
    }

    boolean synced(String suffix) {
      return indexOf(Kind.SYNCED, suffix, 0) >= 0;
    }

    private int indexOf(Kind kind, String suffix, int from) {
      for (int i = from; i < between.size(); i++) {
        if (between.get(i).kind() == kind && between.get(i).file().endsWith(suffix)) {
          return i;
        }
      }
      return -1;
    }
  }

  /** In the order of the answers. */
  List<Exchange> exchanges() {
    var exchanges = new ArrayList<Exchange>();
    var asked = new HashMap<String, Integer>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      if (step.kind() == Kind.REQUEST) {
        var unused = asked.put(step.file(), i);
      } else if (step.kind() == Kind.ANSWER && asked.containsKey(step.file())) {
        int request = asked.remove(step.file());
        exchanges.add(
            new Exchange(
                steps.get(request).text(),
                Integer.parseInt(step.text()),
                steps.subList(request + 1, i)));
      }
    }
    return exchanges;
  }

  /** What was before a request, and the rest. */
  List<SystemCalls> splitAt(String request) {
    int mark =
        IntStream.range(0, steps.size())
            .filter(i -> steps.get(i).text().equals(request))
            .findFirst()
            .orElseThrow();
    return List.of(
        new SystemCalls(steps.subList(0, mark)),
        new SystemCalls(steps.subList(mark, steps.size())));
  }

  long count(Kind kind, String suffix) {
    return steps.stream()
        .filter(step -> step.kind() == kind && step.file().endsWith(suffix))
        .count();
  }
}
