package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Apps by slug. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AppListResponse(
    List<AppResponse> apps, @JsonProperty("next_cursor") @Nullable String nextCursor) {}
