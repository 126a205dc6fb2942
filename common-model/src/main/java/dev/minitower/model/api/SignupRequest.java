package dev.minitower.model.api;

import java.util.List;

/** Makes a team and its first admin token. */
public record SignupRequest(String slug, String name, String password) implements Checked {

  @Override
  public List<FieldError> problems() {
    return new Checks()
        .slug("slug", slug)
        .name("name", name)
        .password("password", password)
        .problems();
  }
}
