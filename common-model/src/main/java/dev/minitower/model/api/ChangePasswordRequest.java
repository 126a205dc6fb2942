package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** Sets the team's password; the current one proves that it is a person's wish. */
public record ChangePasswordRequest(
    @JsonProperty("current_password") String currentPassword,
    @JsonProperty("new_password") String newPassword)
    implements Checked {

  @Override
  public List<FieldError> problems() {
    return new Checks()
        .required("current_password", currentPassword)
        .password("new_password", newPassword)
        .problems();
  }
}
