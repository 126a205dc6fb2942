package dev.minitower.server.platform.web;

import dev.minitower.model.api.ErrorCode;
import dev.minitower.model.api.ErrorResponse;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The container's error page: errors that no handler of ours has answered. */
@RestController
class FallbackErrorController implements ErrorController {
  @RequestMapping("/error")
  ResponseEntity<ErrorResponse> error(HttpServletRequest request) {
    int status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
            ? code
            : 404;
    ErrorCode code = ErrorCode.forHttpStatus(status);
    return ResponseEntity.status(code.httpStatus())
        .contentType(MediaType.APPLICATION_JSON)
        .body(ErrorResponses.body(code, "the request was refused", List.of(), request));
  }
}
