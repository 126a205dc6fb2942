package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/** A plain acknowledgement. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StatusResponse(String status) {}
