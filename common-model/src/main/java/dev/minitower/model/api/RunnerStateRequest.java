package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a runner is doing, and why if it takes no runs. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunnerStateRequest(RunnerState state, @Nullable String reason) implements Checked {
  private static final int MAX_REASON = 500;

  @Override
  public List<FieldError> problems() {
    return new Checks().required("state", state).text("reason", reason, MAX_REASON).problems();
  }
}
