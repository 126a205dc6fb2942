package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** Who the token's holder is, and which version of the server says so. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MeResponse(
    @JsonProperty("team_id") long teamId,
    @JsonProperty("team_slug") String teamSlug,
    @JsonProperty("token_id") long tokenId,
    Role role,
    @JsonProperty("server_version") @Nullable String serverVersion) {}
