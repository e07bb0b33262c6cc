package io.orderflow.messaging.outbox;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Headers as a JSON object that is readable in the table. Everything beyond ASCII is escaped, so that any string can be stored: a column
 * of type json (not jsonb) accepts even U+0000 and lone surrogates that way.
 */
public final class HeadersJson {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final ObjectReader READER = JSON.readerFor(new TypeReference<LinkedHashMap<String, String>>() {});
    private static final ObjectWriter WRITER = JSON.writer();

    private HeadersJson() {}

    public static String write(Map<String, String> headers) {
        return WRITER.writeValueAsString(headers);
    }

    public static Map<String, String> read(String json) {
        return READER.readValue(json);
    }
}
