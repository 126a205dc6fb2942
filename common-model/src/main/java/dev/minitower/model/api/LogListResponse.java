package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of lines in order; {@code next_after_seq} while there is more. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LogListResponse(
    List<LogEntryResponse> logs, @JsonProperty("next_after_seq") @Nullable Long nextAfterSeq) {}
