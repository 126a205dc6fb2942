package dev.minitower.bench.protocol;

import dev.minitower.bench.http.HttpAnswer;
import java.io.IOException;

/** An answer that the contract does not have here. */
public final class UnexpectedAnswerException extends IOException {
  private static final int SHOWN = 300;

  private final int status;

  UnexpectedAnswerException(String call, HttpAnswer answer) {
    super(call + " was answered " + answer.status() + " " + shortened(answer.body().toString()));
    this.status = answer.status();
  }

  UnexpectedAnswerException(String call, String problem) {
    super(call + ": " + problem);
    this.status = 0;
  }

  public int status() {
    return status;
  }

  private static String shortened(String text) {
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }
}
