package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands a run back unspent. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ReleaseRequest(@Nullable String reason) implements Checked {

  @Override
  public List<FieldError> problems() {
    return new Checks().text("reason", reason).problems();
  }
}
