package dev.minitower.cli.output;

/** When colours and marks are used. The lower-case names are what people type. */
public enum ColourMode {
  auto,
  always,
  never
}
