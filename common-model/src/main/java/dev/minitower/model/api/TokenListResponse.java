package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The team's tokens for an admin, its own for a member. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TokenListResponse(
    List<TokenResponse> tokens, @JsonProperty("next_cursor") @Nullable String nextCursor) {}
