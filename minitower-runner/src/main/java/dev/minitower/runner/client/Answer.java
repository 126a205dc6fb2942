package dev.minitower.runner.client;

/**
 * An answer and when its request was sent: whatever lasts for a time on the server lasts at least
 * that long from there, however slow the answer was.
 *
 * @param sentNanos on the monotonic clock
 */
public record Answer<T>(T body, long sentNanos) {}
