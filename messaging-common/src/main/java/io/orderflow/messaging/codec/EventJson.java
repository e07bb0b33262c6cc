package io.orderflow.messaging.codec;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * How events are written and read as JSON: version 1.
 *
 * <p>The configuration is complete here. It takes nothing from the application's {@code JsonMapper}: no {@code spring.jackson.*}
 * property, module, mix-in or customizer changes the wire. An event class states exceptions by Jackson's annotations. A
 * change that alters what is written, or rejects what was accepted, is a new version beside this one.
 *
 * <p>Written: components under their Java names in the order of their declaration, {@code null} included; times and dates in ISO 8601,
 * UTC; durations in ISO 8601; enums by {@code toString}; numbers as numbers.
 */
final class EventJson {

    private static final int MAX_DEPTH = 100;

    static final JsonMapper V1 = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
            .enable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .annotationIntrospector(
                    AnnotationIntrospector.pair(new JacksonAnnotationIntrospector(), new DeclaredNullness()))
            .build();

    private EventJson() {}
}
