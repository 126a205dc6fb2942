package dev.minitower.server.platform.web;

import dev.minitower.model.api.ErrorBody;
import dev.minitower.model.api.ErrorCode;
import dev.minitower.model.api.ErrorResponse;
import dev.minitower.model.api.FieldError;
import dev.minitower.server.platform.database.DatabaseUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns whatever went wrong into the one shape of an error, and logs what is the server's fault.
 */
@Component
public final class ErrorResponses {
  private static final Logger log = LoggerFactory.getLogger(ErrorResponses.class);

  private final JsonMapper json;

  ErrorResponses(JsonMapper json) {
    this.json = json;
  }

  /**
   * Whether it only says that nobody reads the answer any more, as when a browser leaves a page:
   * there is nobody to tell, and nothing for a log.
   */
  static boolean isClientGone(Throwable e) {
    return DisconnectedClientHelper.isClientDisconnectedException(e);
  }

  /** The refusal behind an exception; what is unknown is a 500 whose text tells nothing. */
  static ApiException refusalOf(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApiException refusal) {
        return refusal;
      }
      if (cause instanceof InvalidParameterException) {
        return ApiException.invalid("the query can't be decoded");
      }
      if (cause instanceof DatabaseUnavailableException) {
        return ApiException.unavailable("the server can't store anything right now; try again");
      }
      if (cause instanceof CannotAcquireLockException
          || cause instanceof DataAccessResourceFailureException
          || cause instanceof CannotCreateTransactionException) {
        log.warn("The database did not answer", cause);
        return ApiException.unavailable("the database does not answer right now; try again");
      }
    }
    log.error("Unexpected error", e);
    return ApiException.internal();
  }

  static ErrorResponse body(
      ErrorCode code, String message, List<FieldError> details, HttpServletRequest request) {
    return new ErrorResponse(
        new ErrorBody(code, message, RequestIds.of(request), details.isEmpty() ? null : details));
  }

  static HttpHeaders headers(ApiException refusal) {
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.APPLICATION_JSON);
    if (refusal.code() == ErrorCode.UNAUTHORIZED) {
      headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    refusal
        .retryAfter()
        .ifPresent(
            wait ->
                headers.set(
                    HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, wait.toSeconds()))));
    return headers;
  }

  /** Writes the refusal where no controller is in play: filters, async time-outs. */
  public void write(Throwable e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    ApiException refusal = refusalOf(e);
    response.resetBuffer();
    response.setStatus(refusal.code().httpStatus());
    headers(refusal)
        .forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
    byte[] body =
        json.writeValueAsBytes(
            body(refusal.code(), refusal.getMessage(), refusal.details(), request));
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
