package dev.minitower.model.api;

import java.util.List;

/** How runs ended, hour by hour: every full hour of UTC, oldest first, the current one last. */
public record RunStatsResponse(List<RunHourResponse> hours) {}
