package dev.minitower.server.runs;

import dev.minitower.model.identity.TokenHash;
import dev.minitower.model.identity.TokenKind;
import dev.minitower.server.platform.auth.RunnerPrincipal;
import dev.minitower.server.platform.web.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Hands a controller the {@link LeaseHolder} that asks. A holder of no lease is refused here,
 * before the body is read: a runner learns nothing about runs that are not its own.
 */
@Configuration(proxyBeanMethods = false)
class LeaseHolders implements WebMvcConfigurer, HandlerMethodArgumentResolver {
  private static final String HEADER = "X-Lease-Token";

  private final AttemptRepository attempts;

  LeaseHolders(AttemptRepository attempts) {
    this.attempts = attempts;
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(this);
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == LeaseHolder.class;
  }

  @Override
  public LeaseHolder resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest webRequest,
      @Nullable WebDataBinderFactory binder) {
    HttpServletRequest request =
        Objects.requireNonNull(webRequest.getNativeRequest(HttpServletRequest.class));
    RunnerPrincipal runner =
        (RunnerPrincipal)
            Objects.requireNonNull(request.getAttribute(RunnerPrincipal.class.getName()));
    LeaseHolder holder = new LeaseHolder(runId(request), runner.runnerId(), leaseToken(request));
    if (attempts.find(holder).isEmpty()) {
      throw ApiException.leaseGone();
    }
    return holder;
  }

  private static long runId(HttpServletRequest request) {
    Map<?, ?> variables =
        (Map<?, ?>)
            Objects.requireNonNull(
                request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE));
    try {
      return Long.parseLong(String.valueOf(variables.get("run")));
    } catch (NumberFormatException e) {
      throw ApiException.invalidField("run", "must be an integer");
    }
  }

  private static TokenHash leaseToken(HttpServletRequest request) {
    String token = request.getHeader(HEADER);
    if (!TokenKind.LEASE.matches(token)) {
      throw ApiException.invalid(HEADER + " must be 'mtl_' and 43 base64url characters");
    }
    return TokenHash.of(Objects.requireNonNull(token));
  }
}
