package dev.minitower.model.towerfile;

import static java.util.stream.Collectors.joining;

import dev.minitower.model.api.FieldError;
import java.util.List;

/** Input that does not fit an app's parameters; values are never repeated in the messages. */
public final class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<FieldError> problems;

  InvalidInputException(List<FieldError> problems) {
    super(
        problems.stream()
            .map(problem -> problem.field() + " " + problem.message())
            .collect(joining("; ")));
    this.problems = List.copyOf(problems);
  }

  /** The fields at fault, named {@code input.<name>}. */
  public List<FieldError> problems() {
    return problems;
  }
}
