package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The code for programs, the sentence for people, the id to find it in the server's log. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErrorBody(
    ErrorCode code,
    String message,
    @JsonProperty("request_id") @Nullable String requestId,
    @Nullable List<FieldError> details) {}
