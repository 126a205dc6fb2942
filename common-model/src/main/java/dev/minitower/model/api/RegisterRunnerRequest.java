package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Enters a runner under its name, or gives a known one a new token. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RegisterRunnerRequest(
    String name,
    @Nullable String environment,
    @JsonProperty("instance_id") @Nullable String instanceId,
    @Nullable String version,
    @Nullable Map<String, String> labels,
    @JsonProperty("max_concurrent") @Nullable Integer maxConcurrent,
    @Nullable String isolation)
    implements Checked {

  @Override
  public List<FieldError> problems() {
    return new Checks()
        .printable("name", name, 128)
        .environment("environment", environment)
        .optionalPrintable("instance_id", instanceId, 128)
        .optionalPrintable("version", version, 64)
        .labels("labels", labels)
        .range("max_concurrent", maxConcurrent, 1, 256)
        .isolation("isolation", isolation)
        .problems();
  }
}
