package dev.minitower.bench.protocol;

import dev.minitower.bench.http.HttpAnswer;
import java.io.IOException;

/** An answer that the contract does not have here. */
public final class UnexpectedAnswerException extends IOException {
  private static final int SHOWN = 300;

  UnexpectedAnswerException(String call, HttpAnswer answer) {
    super(call + " was answered " + answer.status() + " " + shortened(answer.body().toString()));
  }

  UnexpectedAnswerException(String call, String problem) {
    super(call + ": " + problem);
  }

  private static String shortened(String text) {
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }
}
