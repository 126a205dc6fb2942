package dev.minitower.bench.measure;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The figures of one measurement, in the order in which they were found, and what was wrong with
 * it. Not for several threads.
 */
public final class Report {
  private final String mode;
  private final Map<String, Object> figures = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private boolean notesOnly;

  public Report(String mode) {
    this.mode = mode;
  }

  public String mode() {
    return mode;
  }

  public void put(String name, double value) {
    figures.put(name, value);
  }

  public void put(String name, long value) {
    figures.put(name, value);
  }

  public void put(String name, String value) {
    figures.put(name, value);
  }

  /** Half, most and longest of the durations, in milliseconds. */
  public void percentiles(String name, Histogram times) {
    put(name + "_p50_ms", times.percentileNanos(50) / 1e6);
    put(name + "_p90_ms", times.percentileNanos(90) / 1e6);
    put(name + "_p99_ms", times.percentileNanos(99) / 1e6);
    put(name + "_max_ms", times.maxNanos() / 1e6);
  }

  public boolean has(String name) {
    return figures.containsKey(name);
  }

  /** A figure that is there and a number. */
  public double figure(String name) {
    return ((Number) Objects.requireNonNull(figures.get(name), name)).doubleValue();
  }

  /** What another measurement found, each name behind a prefix. */
  public void addAll(String prefix, Report other) {
    other.figures.forEach((name, value) -> figures.put(prefix + name, value));
    notes.addAll(other.notes);
    other.violations.forEach(violation -> violated(other.mode + ": " + violation));
  }

  /** A line for people. */
  public void note(String line) {
    notes.add(line);
  }

  /** People shall see the notes, and programs the figures. */
  public void showNotesOnly() {
    notesOnly = true;
  }

  /** From now on no figure of this counts. */
  public void violated(String violation) {
    violations.add(violation);
  }

  public boolean isClean() {
    return violations.isEmpty();
  }

  /** What is wrong; or else the figures. */
  public void print(PrintWriter out) {
    if (isClean()) {
      out.println(mode);
      notes.forEach(line -> out.println("  " + line));
      if (!notesOnly) {
        figures.forEach((name, value) -> out.printf("  %-34s %s%n", name, shown(value)));
      }
    } else {
      out.println(mode + ": the checks failed, so there are no figures");
      violations.forEach(violation -> out.println("  " + violation));
    }
    out.flush();
  }

  private static String shown(Object value) {
    if (value instanceof Double number) {
      int decimals = Math.abs(number) >= 1000 ? 0 : Math.abs(number) >= 10 ? 1 : 3;
      return String.format(Locale.ROOT, "%,." + decimals + "f", number);
    }
    return value instanceof Long number ? String.format(Locale.ROOT, "%,d", number) : value + "";
  }

  /** The same for programs. */
  public void write(Path file) throws IOException {
    try (var out = Files.newBufferedWriter(file);
        JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("mode", mode);
      json.writeBooleanProperty("clean", isClean());
      json.writeArrayPropertyStart("violations");
      violations.forEach(json::writeString);
      json.writeEndArray();
      json.writeObjectPropertyStart("figures");
      figures.forEach((name, value) -> writeFigure(json, name, value));
      json.writeEndObject();
      json.writeEndObject();
    }
  }

  private static void writeFigure(JsonGenerator json, String name, Object value) {
    if (value instanceof Double number) {
      json.writeNumberProperty(name, number);
    } else if (value instanceof Long number) {
      json.writeNumberProperty(name, number);
    } else {
      json.writeStringProperty(name, value.toString());
    }
  }
}
