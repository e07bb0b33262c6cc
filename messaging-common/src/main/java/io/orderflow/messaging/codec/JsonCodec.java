package io.orderflow.messaging.codec;

import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DatabindException;

/**
 * JSON by Jackson, for one class that the application chose; nothing in the bytes can choose another. How it is written is
 * {@linkplain EventJson configured here}, not by the application's {@code JsonMapper}.
 *
 * <p>Reading ignores unknown fields, which a newer producer may send. It rejects a fraction for a whole number, and a missing
 * or null component of a record that is not declared {@code @Nullable} or {@code Optional}. So a component that is added
 * later is declared nullable for as long as messages without it exist. Nesting and sizes are bounded.
 *
 * @param type what is read and written
 */
public record JsonCodec<V>(Class<V> type) {

    /** A codec of this class. */
    public static <V> JsonCodec<V> of(Class<V> type) {
        return new JsonCodec<>(type);
    }

    /** @throws JacksonException if the value cannot be written */
    public byte[] encode(V value) {
        return EventJson.V1.writeValueAsBytes(value);
    }

    /** @throws UndecodableException if the bytes are not JSON of this type */
    public V decode(byte[] bytes) {
        V value;
        try {
            value = EventJson.V1.readValue(bytes, type);
        } catch (JacksonException e) {
            throw new UndecodableException("The payload of " + bytes.length + " bytes is no JSON of "
                    + type.getSimpleName() + ": " + where(e));
        }
        if (value == null) {
            throw new UndecodableException("The payload is the JSON null, not " + type.getSimpleName() + ".");
        }
        return value;
    }

    /** What is wrong and where. Jackson's own messages repeat the payload, which may contain personal data. */
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
