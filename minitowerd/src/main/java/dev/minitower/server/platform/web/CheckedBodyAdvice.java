package dev.minitower.server.platform.web;

import dev.minitower.model.api.Checked;
import dev.minitower.model.api.FieldError;
import java.lang.reflect.Type;
import java.util.List;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Refuses a body that says itself what is wrong with it, before a controller sees it. */
@ControllerAdvice
final class CheckedBodyAdvice extends RequestBodyAdviceAdapter {
  @Override
  public boolean supports(
      MethodParameter parameter,
      Type targetType,
      Class<? extends HttpMessageConverter<?>> converter) {
    return parameter.getParameterType().isRecord();
  }

  @Override
  public Object afterBodyRead(
      Object body,
      HttpInputMessage message,
      MethodParameter parameter,
      Type targetType,
      Class<? extends HttpMessageConverter<?>> converter) {
    if (body instanceof Checked checked) {
      List<FieldError> problems = checked.problems();
      if (!problems.isEmpty()) {
        throw ApiException.invalidFields(problems);
      }
    }
    return body;
  }
}
