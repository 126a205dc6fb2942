package dev.minitower.model.api;

import java.util.List;

/** What waits and what runs in each of the team's environments, by name. */
public record QueueStatsResponse(List<EnvironmentQueueResponse> environments) {}
