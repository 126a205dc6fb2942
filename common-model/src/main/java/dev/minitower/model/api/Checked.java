package dev.minitower.model.api;

import java.util.List;

/** A request body that can say what is wrong with it. */
public interface Checked {
  /** All fields at fault, in the order of the record; empty when the body may be used. */
  List<FieldError> problems();
}
