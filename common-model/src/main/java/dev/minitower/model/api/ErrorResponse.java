package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/** The one shape of every error. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErrorResponse(ErrorBody error) {}
