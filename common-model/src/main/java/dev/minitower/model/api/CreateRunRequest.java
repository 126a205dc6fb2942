package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Queues a run; every field has a default. */
public record CreateRunRequest(
    @Nullable Map<String, @Nullable Object> input,
    @JsonProperty("version_no") @Nullable Integer versionNo,
    @Nullable Integer priority,
    @JsonProperty("max_retries") @Nullable Integer maxRetries)
    implements Checked {

  @Override
  public List<FieldError> problems() {
    return new Checks()
        .range("version_no", versionNo, 1, Integer.MAX_VALUE)
        .range("priority", priority, -1000, 1000)
        .range("max_retries", maxRetries, 0, 100)
        .problems();
  }
}
