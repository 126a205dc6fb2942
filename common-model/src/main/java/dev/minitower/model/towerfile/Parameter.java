package dev.minitower.model.towerfile;

import org.jspecify.annotations.Nullable;

/**
 * One parameter of an app.
 *
 * @param name becomes the name of an environment variable ({@link ParameterNames})
 * @param defaultValue of the type: a String, a Long, a Double or a Boolean
 * @param hidden asks a form not to show what is typed; it protects nothing
 */
public record Parameter(
    String name,
    @Nullable String description,
    ParameterType type,
    @Nullable Object defaultValue,
    boolean hidden) {}
