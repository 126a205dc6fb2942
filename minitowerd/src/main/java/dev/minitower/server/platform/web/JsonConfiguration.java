package dev.minitower.server.platform.web;

import java.time.Instant;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/** JSON as the contract has it: nothing is guessed, converted or dropped in silence. */
@Configuration(proxyBeanMethods = false)
public class JsonConfiguration {

  @Bean
  JsonMapperBuilderCustomizer strictJson() {
    return JsonConfiguration::customize;
  }

  /** Not a converter as a bean: that would also be asked to write what is no JSON. */
  @Bean
  ServerHttpMessageConvertersCustomizer jsonConverter(JsonMapper json) {
    return converters -> converters.withJsonConverter(new WholeJsonConverter(json));
  }

  /** A mapper as the server uses it, for code that has no context. */
  public static JsonMapper mapper() {
    JsonMapper.Builder builder = JsonMapper.builder();
    customize(builder);
    return builder.build();
  }

  private static void customize(JsonMapper.Builder builder) {
    SimpleModule times = new SimpleModule();
    times.addSerializer(Instant.class, new Timestamps.Writer());
    times.addDeserializer(Instant.class, new Timestamps.Reader());
    builder
        .addModule(times)
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfig(
            LogicalType.Textual,
            config ->
                config
                    .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
  }
}
