package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of an attempt's lines that hold a text; {@code next_after_seq} while there is more to
 * search.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LogSearchResponse(
    @JsonProperty("attempt_no") @Nullable Integer attemptNo,
    List<Long> seqs,
    @JsonProperty("next_after_seq") @Nullable Long nextAfterSeq) {}
