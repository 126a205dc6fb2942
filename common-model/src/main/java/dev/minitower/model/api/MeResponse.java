package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Who the token's holder is. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MeResponse(
    @JsonProperty("team_id") long teamId,
    @JsonProperty("team_slug") String teamSlug,
    @JsonProperty("token_id") long tokenId,
    Role role) {}
