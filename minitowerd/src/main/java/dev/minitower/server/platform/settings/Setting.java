package dev.minitower.server.platform.settings;

import java.util.function.Function;

/**
 * One setting: its name in the environment and in the properties file, what it is when not set,
 * what may be written, and how that is read.
 *
 * @param allowed the form of the value in words, for the error that refuses another
 * @param reader throws {@link IllegalArgumentException} for a value that is not of that form
 */
record Setting<T>(
    String name, String defaultValue, String allowed, String meaning, Function<String, T> reader) {}
