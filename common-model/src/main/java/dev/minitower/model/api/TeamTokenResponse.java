package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/** A team and a token for it; the token is shown this once. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TeamTokenResponse(
    @JsonProperty("team_id") long teamId,
    String slug,
    String token,
    @JsonProperty("token_id") long tokenId,
    Role role) {}
