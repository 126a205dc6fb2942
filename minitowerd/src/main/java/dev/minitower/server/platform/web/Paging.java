package dev.minitower.server.platform.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Hands a controller its {@link Page}, read from the query; a bad value is refused with 400. */
@Configuration(proxyBeanMethods = false)
class Paging implements WebMvcConfigurer, HandlerMethodArgumentResolver {
  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(this);
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Page.class;
  }

  @Override
  public Page resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binder) {
    String cursor = single(request, "cursor");
    String offset = single(request, "offset");
    if (cursor != null && offset != null) {
      throw ApiException.invalidField("cursor", "can't be used together with offset");
    }
    return new Page(
        number("limit", single(request, "limit"), Page.DEFAULT_LIMIT, 1, Page.MAX_LIMIT),
        number("offset", offset, 0, 0, Integer.MAX_VALUE),
        cursor == null ? null : Page.key(cursor));
  }

  private static @Nullable String single(NativeWebRequest request, String name) {
    String[] values = request.getParameterValues(name);
    if (values == null) {
      return null;
    }
    if (values.length > 1) {
      throw ApiException.invalidField(name, "is given more than once");
    }
    return values[0];
  }

  private static int number(String name, @Nullable String text, int absent, int min, int max) {
    if (text == null) {
      return absent;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below.
    }
    throw ApiException.invalidField(name, "must be an integer from %d to %d".formatted(min, max));
  }
}
