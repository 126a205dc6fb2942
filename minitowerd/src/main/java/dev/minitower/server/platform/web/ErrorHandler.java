package dev.minitower.server.platform.web;

import dev.minitower.model.api.ErrorCode;
import dev.minitower.model.api.ErrorResponse;
import dev.minitower.model.api.FieldError;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** One handler for all errors of controllers, the framework's own included. */
@RestControllerAdvice
final class ErrorHandler extends ResponseEntityExceptionHandler {

  @ExceptionHandler
  ResponseEntity<ErrorResponse> refused(ApiException e, HttpServletRequest request) {
    return answer(e, request);
  }

  /** One that is too large is answered below. */
  @ExceptionHandler
  ResponseEntity<ErrorResponse> badForm(MultipartException e, HttpServletRequest request) {
    return answer(ApiException.invalid("the body is not a well-formed multipart form"), request);
  }

  @ExceptionHandler
  @Nullable ResponseEntity<ErrorResponse> failed(Exception e, HttpServletRequest request) {
    return ErrorResponses.isClientGone(e) ? null : answer(ErrorResponses.refusalOf(e), request);
  }

  private static ResponseEntity<ErrorResponse> answer(ApiException e, HttpServletRequest request) {
    return ResponseEntity.status(e.code().httpStatus())
        .headers(ErrorResponses.headers(e))
        .body(ErrorResponses.body(e.code(), e.getMessage(), e.details(), request));
  }

  /** Framework errors (bad JSON, wrong method, missing header) speak the same envelope. */
  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception e,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest webRequest) {
    if (ErrorResponses.isClientGone(e)) {
      return null;
    }
    HttpServletRequest request = ((ServletWebRequest) webRequest).getRequest();
    if (status.is5xxServerError()) {
      return widen(answer(ErrorResponses.refusalOf(e), request));
    }
    if (e instanceof MethodArgumentTypeMismatchException mismatch) {
      return widen(
          answer(ApiException.invalidField(mismatch.getName(), "is not well-formed"), request));
    }
    ErrorCode code = ErrorCode.forHttpStatus(status.value());
    return ResponseEntity.status(code.httpStatus())
        .headers(headers)
        .contentType(MediaType.APPLICATION_JSON)
        .body(ErrorResponses.body(code, message(e, code), List.of(), request));
  }

  private static String message(Exception e, ErrorCode code) {
    if (e instanceof org.springframework.web.ErrorResponse response) {
      String detail = response.getBody().getDetail();
      return detail == null ? code.code() : detail;
    }
    return code.code();
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest webRequest) {
    HttpServletRequest request = ((ServletWebRequest) webRequest).getRequest();
    FieldError problem = BodyProblems.of(e);
    return widen(answer(BodyProblems.refusal(e, problem), request));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMaxUploadSizeExceededException(
      MaxUploadSizeExceededException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest webRequest) {
    HttpServletRequest request = ((ServletWebRequest) webRequest).getRequest();
    return widen(answer(ApiException.tooLarge(e.getMaxUploadSize()), request));
  }

  private static ResponseEntity<Object> widen(ResponseEntity<ErrorResponse> answer) {
    return ResponseEntity.status(answer.getStatusCode())
        .headers(answer.getHeaders())
        .body(answer.getBody());
  }
}
