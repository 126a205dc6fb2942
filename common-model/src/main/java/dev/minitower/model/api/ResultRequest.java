package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.minitower.model.lifecycle.ErrorClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outcome of an attempt. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ResultRequest(
    Outcome status,
    @JsonProperty("exit_code") @Nullable Integer exitCode,
    @JsonProperty("error_message") @Nullable String errorMessage,
    @JsonProperty("error_class") @Nullable ErrorClass errorClass)
    implements Checked {

  @Override
  public List<FieldError> problems() {
    return new Checks().required("status", status).text("error_message", errorMessage).problems();
  }
}
