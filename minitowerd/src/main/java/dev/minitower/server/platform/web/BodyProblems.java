package dev.minitower.server.platform.web;

import dev.minitower.model.api.FieldError;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Says in words what is wrong with a body that could not be read, and in which field. */
final class BodyProblems {
  private static final String BODY = "";

  private BodyProblems() {}

  static ApiException refusal(HttpMessageNotReadableException e, FieldError problem) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof ApiException refusal) {
        return refusal;
      }
    }
    return problem.field().equals(BODY)
        ? ApiException.invalid(problem.message())
        : ApiException.invalidFields(List.of(problem));
  }

  /** The field is empty where the body as a whole is at fault. */
  static FieldError of(HttpMessageNotReadableException e) {
    if (e.getCause() instanceof UnrecognizedPropertyException unknown) {
      return new FieldError(path(unknown), "is not a field of this request");
    }
    if (e.getCause() instanceof InvalidNullException missing) {
      return new FieldError(path(missing), "must not be null");
    }
    if (e.getCause() instanceof ValueInstantiationException bad && bad.getCause() != null) {
      return new FieldError(path(bad), String.valueOf(bad.getCause().getMessage()));
    }
    if (e.getCause() instanceof InputCoercionException large) {
      return new FieldError(path(large), "is too large a number");
    }
    if (e.getCause() instanceof MismatchedInputException wrong) {
      String wanted = path(wrong).isEmpty() ? "the body must be " : "must be ";
      return new FieldError(path(wrong), wanted + typeName(wrong.getTargetType()));
    }
    if (e.getCause() instanceof JacksonException malformed) {
      return new FieldError(BODY, "the body is not valid JSON" + place(malformed));
    }
    return new FieldError(BODY, "the body is missing or can't be read");
  }

  private static String place(JacksonException e) {
    return e.getLocation() == null || e.getLocation().getLineNr() < 0
        ? ""
        : " (line %d, column %d)"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  private static String path(JacksonException e) {
    return e.getPath().stream()
        .map(BodyProblems::segment)
        .collect(Collectors.joining("."))
        .replace(".[", "[");
  }

  private static String segment(Reference reference) {
    return reference.getPropertyName() == null
        ? "[" + reference.getIndex() + "]"
        : reference.getPropertyName();
  }

  private static String typeName(@Nullable Class<?> type) {
    if (type == null) {
      return "of another type";
    }
    if (type == String.class) {
      return "a string";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (type == Integer.class || type == Long.class || type.isPrimitive()) {
      return "an integer";
    }
    if (type == Instant.class) {
      return "a time such as 2026-02-08T12:34:56.789Z";
    }
    return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
  }
}
