package dev.minitower.model.api;

/**
 * One field at fault; {@code field} is its name on the wire, with an index in lists: {@code
 * logs[3].line}.
 */
public record FieldError(String field, String message) {}
