package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/** Up to 1,000 lines; those already stored are ignored. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LogBatchRequest(List<LogLine> logs) implements Checked {

  @Override
  public List<FieldError> problems() {
    return new Checks().logLines("logs", logs).problems();
  }
}
