package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A new token; its text is shown this once. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CreatedTokenResponse(
    @JsonProperty("token_id") long tokenId,
    String token,
    @Nullable String name,
    Role role,
    @JsonProperty("expires_at") @Nullable Instant expiresAt) {}
