package dev.minitower.server.runs;

import dev.minitower.model.api.ErrorCode;
import dev.minitower.model.identity.TokenHash;
import dev.minitower.model.identity.TokenKind;
import dev.minitower.server.platform.auth.RunnerPrincipal;
import dev.minitower.server.platform.web.ApiException;
import dev.minitower.server.platform.web.ErrorResponses;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Hands a controller the {@link LeaseHolder} that asks. Whether it holds anything is for the unit
 * of work to find; only where the body is at fault, which would be said first, the lease is looked
 * up here: a runner learns nothing about runs that are not its own.
 */
@Configuration(proxyBeanMethods = false)
class LeaseHolders implements WebMvcConfigurer, HandlerMethodArgumentResolver {
  private static final String HEADER = "X-Lease-Token";
  private static final String HOLDER = LeaseHolder.class.getName();

  private final AttemptRepository attempts;
  private final ErrorResponses errors;

  LeaseHolders(AttemptRepository attempts, ErrorResponses errors) {
    this.attempts = attempts;
    this.errors = errors;
  }

  @Override
  public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
    resolvers.add(0, this::refuseHolderOfNothing);
  }

  /** Null if the refusal stands as it is. */
  private @Nullable ModelAndView refuseHolderOfNothing(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception refusal) {
    if (!(request.getAttribute(HOLDER) instanceof LeaseHolder holder)
        || !isAboutBody(refusal)
        || attempts.find(holder).isPresent()) {
      return null;
    }
    try {
      errors.write(ApiException.leaseGone(), request, response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ModelAndView();
  }

  private static boolean isAboutBody(Exception refusal) {
    return refusal instanceof HttpMessageNotReadableException
        || refusal instanceof HttpMediaTypeNotSupportedException
        || (refusal instanceof ApiException e && e.code() == ErrorCode.INVALID_REQUEST);
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
    request.setAttribute(HOLDER, holder);
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
