package dev.minitower.model.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the operator's team, or a fresh token for it. */
public record BootstrapTeamRequest(String slug, String name, @Nullable String password)
    implements Checked {

  @Override
  public List<FieldError> problems() {
    return new Checks()
        .slug("slug", slug)
        .name("name", name)
        .optionalPassword("password", password)
        .problems();
  }
}
