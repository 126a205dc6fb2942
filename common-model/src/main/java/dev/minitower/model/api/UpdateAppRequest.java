package dev.minitower.model.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes what is given and leaves the rest. */
public record UpdateAppRequest(@Nullable String description, @Nullable Boolean disabled)
    implements Checked {

  @Override
  public List<FieldError> problems() {
    return new Checks().text("description", description).problems();
  }
}
