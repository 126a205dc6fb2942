package dev.minitower.server.openapi;

import static java.util.stream.Collectors.toMap;

import dev.minitower.server.TestServer;
import dev.minitower.server.platform.auth.Route;
import io.swagger.v3.core.jackson.ModelResolver;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.core.MethodParameter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.node.ObjectNode;

/**
 * What springdoc reads off the controllers of a running server, and the controllers' methods.
 *
 * @param methods by HTTP method and path template, as {@code GET /health}
 */
record SpringdocDocument(ObjectNode json, Map<String, HandlerMethod> methods) {
  /** Not below /api, where only known routes are served. */
  private static final String PATH = "/springdoc/openapi";

  static SpringdocDocument of(Path emptyFolder) {
    ModelResolver.enumsAsRef = true;
    Map<String, Object> properties =
        Map.of(
            "springdoc.api-docs.enabled", "true",
            "springdoc.api-docs.path", PATH,
            "springdoc.default-produces-media-type", "application/json",
            "springdoc.override-with-generic-response", "false");
    try (TestServer server = TestServer.startWith(emptyFolder, properties)) {
      Map<String, HandlerMethod> methods = methods(server);
      methods.values().forEach(SpringdocDocument::ignoreResolvedArguments);
      return new SpringdocDocument((ObjectNode) server.get(PATH).send().json(), methods);
    }
  }

  /** Empty where something else than a controller answers. */
  Optional<HandlerMethod> method(Route route) {
    return Optional.ofNullable(methods.get(key(route)));
  }

  static String key(Route route) {
    return route.method() + " " + route.template();
  }

  private static Map<String, HandlerMethod> methods(TestServer server) {
    return server.bean(RequestMappingHandlerMapping.class).getHandlerMethods().entrySet().stream()
        .flatMap(entry -> keys(entry.getKey()).map(key -> Map.entry(key, entry.getValue())))
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Stream<String> keys(RequestMappingInfo mapping) {
    return mapping.getMethodsCondition().getMethods().stream()
        .flatMap(
            method -> mapping.getPatternValues().stream().map(path -> method.name() + " " + path));
  }

  /** A parameter without an annotation is not read from the request by its name. */
  private static void ignoreResolvedArguments(HandlerMethod method) {
    Arrays.stream(method.getMethodParameters())
        .filter(parameter -> parameter.getParameterAnnotations().length == 0)
        .map(MethodParameter::getParameterType)
        .forEach(type -> SpringDocUtils.getConfig().addRequestWrapperToIgnore(type));
  }
}
