package dev.minitower.model.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A new app of the caller's team. */
public record CreateAppRequest(String slug, @Nullable String description) implements Checked {

  @Override
  public List<FieldError> problems() {
    return new Checks().slug("slug", slug).text("description", description).problems();
  }
}
