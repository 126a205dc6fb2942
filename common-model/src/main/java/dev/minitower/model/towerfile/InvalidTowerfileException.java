package dev.minitower.model.towerfile;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** A Towerfile that can't be used; the message holds every problem on a line of its own. */
public final class InvalidTowerfileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<TowerfileProblem> problems;

  InvalidTowerfileException(List<TowerfileProblem> problems) {
    super(problems.stream().map(TowerfileProblem::toString).collect(joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<TowerfileProblem> problems() {
    return problems;
  }
}
