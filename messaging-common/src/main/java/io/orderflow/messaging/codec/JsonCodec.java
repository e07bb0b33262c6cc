package io.orderflow.messaging.codec;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON by Jackson, for one class that the application chose; nothing in the bytes can choose another.
 *
 * <p>Reading is tolerant where a newer producer may say more (unknown fields are passed over) and strict where a value
 * would be made up (a fraction for a whole number) or is missing: each component of a record that is not declared {@code
 * @Nullable} or {@code Optional} has to be there. So a component that is added later is declared nullable, as long as
 * messages without it are about. Nesting and sizes are bounded.
 *
 * @param type what is read and written
 * @param mapper how; {@link #of} has the one this library uses
 */
public record JsonCodec<V>(Class<V> type, JsonMapper mapper) {

    private static final int MAX_DEPTH = 100;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .annotationIntrospector(
                    AnnotationIntrospector.pair(new JacksonAnnotationIntrospector(), new DeclaredNullness()))
            .build();

    /** A codec with this library's mapper. */
    public static <V> JsonCodec<V> of(Class<V> type) {
        return new JsonCodec<>(type, MAPPER);
    }

    /** @throws JacksonException if the value cannot be written */
    public byte[] encode(V value) {
        return mapper.writeValueAsBytes(value);
    }

    /** @throws UndecodableException if the bytes are not JSON of this type */
    public V decode(byte[] bytes) {
        V value;
        try {
            value = mapper.readValue(bytes, type);
        } catch (JacksonException e) {
            throw new UndecodableException("The payload of " + bytes.length + " bytes is no JSON of "
                    + type.getSimpleName() + ": " + where(e));
        }
        if (value == null) {
            throw new UndecodableException("The payload is the JSON null, not " + type.getSimpleName() + ".");
        }
        return value;
    }

    /** What is wrong and where, in words of ours: Jackson's repeat the payload, which may hold personal data. */
    private static String where(JacksonException e) {
        if (e instanceof StreamConstraintsException) {
            return e.getOriginalMessage(); // says which bound is exceeded
        }
        String place = "line " + e.getLocation().getLineNr() + ", column "
                + e.getLocation().getColumnNr();
        return e instanceof DatabindException databind && !databind.getPath().isEmpty()
                ? "the value at " + databind.getPathReference() + ", " + place + ", is missing or does not fit"
                : "it is malformed at " + place;
    }
}
