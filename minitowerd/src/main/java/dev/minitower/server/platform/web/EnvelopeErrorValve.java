package dev.minitower.server.platform.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.minitower.model.api.ErrorBody;
import dev.minitower.model.api.ErrorCode;
import dev.minitower.model.api.ErrorResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * Errors that Tomcat itself answers (a request line it can't parse, say) in the shape of all
 * others.
 */
public final class EnvelopeErrorValve extends ErrorReportValve {
  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    if (response.getStatus() < 400 || response.getContentWritten() > 0) {
      return;
    }
    ErrorCode code = ErrorCode.forHttpStatus(response.getStatus());
    ErrorResponse body =
        new ErrorResponse(
            new ErrorBody(code, "the request can't be understood", RequestIds.of(request), null));
    try {
      response.setHeader(RequestIds.HEADER, RequestIds.of(request));
      response.setContentType("application/json");
      response
          .getOutputStream()
          .write(JsonConfiguration.mapper().writeValueAsString(body).getBytes(UTF_8));
      response.finishResponse();
    } catch (IOException | IllegalStateException e) {
      // The client is gone, or the answer has begun: there is nobody to tell.
    }
  }
}
