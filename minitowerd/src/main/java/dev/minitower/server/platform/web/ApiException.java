package dev.minitower.server.platform.web;

import dev.minitower.model.api.ErrorCode;
import dev.minitower.model.api.FieldError;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A refusal: its code, and a sentence for the one who asked. All refusals are made here. */
public final class ApiException extends RuntimeException {
  private final ErrorCode code;
  private final List<FieldError> details;
  private final @Nullable Duration retryAfter;

  private ApiException(
      ErrorCode code, String message, List<FieldError> details, @Nullable Duration retryAfter) {
    super(message, null, false, false);
    this.code = code;
    this.details = details;
    this.retryAfter = retryAfter;
  }

  private static ApiException of(ErrorCode code, String message) {
    return new ApiException(code, message, List.of(), null);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  public ErrorCode code() {
    return code;
  }

  public List<FieldError> details() {
    return details;
  }

  /** When to ask again, where that is known. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** Fields at fault; a bad slug alone has a code of its own. */
  public static ApiException invalidFields(List<FieldError> problems) {
    boolean slugOnly = problems.stream().allMatch(problem -> problem.field().equals("slug"));
    FieldError first = problems.get(0);
    return new ApiException(
        slugOnly ? ErrorCode.INVALID_SLUG : ErrorCode.INVALID_REQUEST,
        first.field() + ": " + first.message(),
        problems,
        null);
  }

  public static ApiException invalidField(String field, String message) {
    return invalidFields(List.of(new FieldError(field, message)));
  }

  public static ApiException invalid(String message) {
    return of(ErrorCode.INVALID_REQUEST, message);
  }

  /** An artifact or Towerfile that is refused; the code is the check's own. */
  public static ApiException badArtifact(ErrorCode code, String message) {
    return of(code, message);
  }

  public static ApiException noVersion(String app) {
    return of(ErrorCode.NO_VERSION, "app '%s' has no version yet; deploy one first".formatted(app));
  }

  public static ApiException unauthorized(String message) {
    return of(ErrorCode.UNAUTHORIZED, message);
  }

  public static ApiException forbidden(String message) {
    return of(ErrorCode.FORBIDDEN, message);
  }

  public static ApiException notFound(String what) {
    return of(ErrorCode.NOT_FOUND, what + " not found");
  }

  public static ApiException methodNotAllowed(String method) {
    return of(ErrorCode.METHOD_NOT_ALLOWED, "method " + method + " is not allowed here");
  }

  public static ApiException conflict(String message) {
    return of(ErrorCode.CONFLICT, message);
  }

  public static ApiException slugTaken(String slug) {
    return of(ErrorCode.SLUG_TAKEN, "the slug '%s' is taken".formatted(slug));
  }

  public static ApiException teamExists() {
    return of(ErrorCode.TEAM_EXISTS, "another team exists already; bootstrap makes only the first");
  }

  public static ApiException appDisabled(String app) {
    return of(ErrorCode.APP_DISABLED, "app '%s' is disabled and takes no new runs".formatted(app));
  }

  public static ApiException idempotencyMismatch() {
    return of(
        ErrorCode.IDEMPOTENCY_MISMATCH, "this Idempotency-Key was used for a different request");
  }

  public static ApiException leaseGone() {
    return of(ErrorCode.GONE, "lease is no longer valid");
  }

  public static ApiException tooLarge(long limitBytes) {
    return of(
        ErrorCode.TOO_LARGE, "the request body is larger than %d bytes".formatted(limitBytes));
  }

  public static ApiException unsupportedMediaType(String message) {
    return of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, message);
  }

  public static ApiException rateLimited(Duration retryAfter) {
    return new ApiException(
        ErrorCode.RATE_LIMITED,
        "too many failed attempts; try again in %d s"
            .formatted(Math.max(1, retryAfter.toSeconds())),
        List.of(),
        retryAfter);
  }

  static ApiException internal() {
    return of(ErrorCode.INTERNAL, "something went wrong in the server; its log has the request id");
  }

  public static ApiException unavailable(String message) {
    return new ApiException(ErrorCode.UNAVAILABLE, message, List.of(), Duration.ofSeconds(1));
  }
}
