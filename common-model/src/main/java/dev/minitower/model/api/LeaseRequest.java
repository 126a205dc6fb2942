package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The runner's own token for the lease it asks for, which makes the call safe to repeat. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LeaseRequest(@JsonProperty("lease_token") @Nullable String leaseToken)
    implements Checked {

  @Override
  public List<FieldError> problems() {
    return new Checks().leaseToken("lease_token", leaseToken).problems();
  }
}
