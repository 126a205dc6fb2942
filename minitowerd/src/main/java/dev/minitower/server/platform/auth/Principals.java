package dev.minitower.server.platform.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Hands the principal that {@link AuthFilter} found to the controller's parameter of its type. */
@Configuration(proxyBeanMethods = false)
class Principals implements WebMvcConfigurer, HandlerMethodArgumentResolver {
  static void attach(HttpServletRequest request, Object principal) {
    request.setAttribute(principal.getClass().getName(), principal);
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(this);
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == TeamPrincipal.class
        || parameter.getParameterType() == RunnerPrincipal.class;
  }

  /** A controller that asks for a principal its route does not admit is a mistake of ours. */
  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binder) {
    HttpServletRequest servletRequest =
        Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
    return Objects.requireNonNull(
        servletRequest.getAttribute(parameter.getParameterType().getName()),
        "no principal on this route");
  }
}
