package dev.minitower.model.api;

import java.util.List;

/** Trades a team's password for an admin token. */
public record LoginRequest(String slug, String password) implements Checked {

  @Override
  public List<FieldError> problems() {
    return new Checks().required("slug", slug).required("password", password).problems();
  }
}
