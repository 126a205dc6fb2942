package dev.minitower.cli;

/** Bodies as a control plane writes them, with what matters to a test named. */
final class Sample {
  private Sample() {}

  static String run(String status) {
    return run(status, 0, "");
  }

  /** {@code more} begins with a comma, or is empty. */
  static String run(String status, int retryCount, String more) {
    return """
    {"run_id":12,"app_id":3,"app_slug":"hello","run_no":4,"version_no":2,"status":"%s",\
    "priority":0,"max_retries":1,"retry_count":%d,"cancel_requested":false,\
    "queued_at":"2026-02-08T11:55:00.000Z","environment":"default"%s}"""
        .formatted(status, retryCount, more);
  }

  static String attempts(int... numbers) {
    var list = new StringBuilder();
    for (int number : numbers) {
      list.append(list.length() == 0 ? "" : ",")
          .append(
              """
              {"attempt_id":%d,"attempt_no":%d,"status":"running","runner_name":"r1",\
              "leased_at":"2026-02-08T11:56:00.000Z"}"""
                  .formatted(100 + number, number));
    }
    return ",\"attempts\":[" + list + "]";
  }

  static String line(int attempt, int seq, String stream, String line) {
    return """
    {"seq":%d,"stream":"%s","line":"%s","logged_at":"2026-02-08T11:57:00.000Z","attempt_no":%d}"""
        .formatted(seq, stream, line, attempt);
  }

  static String runEvent(String run) {
    return "event: run\ndata: " + run + "\n\n";
  }

  static String lineEvent(int attempt, int seq, String line) {
    return "event: log\nid: "
        + attempt
        + "."
        + seq
        + "\ndata: "
        + line(attempt, seq, "stdout", line)
        + "\n\n";
  }

  static String endEvent() {
    return "event: end\ndata: {}\n\n";
  }
}
