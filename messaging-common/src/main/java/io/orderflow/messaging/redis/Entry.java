package io.orderflow.messaging.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.StreamMessage;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An entry as it was read from a stream. */
record Entry(String stream, String id, Map<String, byte[]> fields) {

    /** As they stand in their streams. */
    static final Comparator<Entry> IN_STREAM_ORDER = Comparator.comparing(Entry::stream)
            .thenComparing(Entry::time)
            .thenComparing(Entry::sequence, Long::compareUnsigned);

    static Entry of(StreamMessage<String, byte[]> message) {
        return new Entry(message.getStream(), message.getId(), message.getBody());
    }

    /** @param parts the id and the fields, as a script returns them */
    static Entry of(String stream, List<?> parts) {
        List<?> namesAndValues = (List<?>) parts.get(1);
        Map<String, byte[]> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            fields.put(new String((byte[]) namesAndValues.get(i), UTF_8), (byte[]) namesAndValues.get(i + 1));
        }
        return new Entry(stream, new String((byte[]) parts.get(0), UTF_8), fields);
    }

    private long time() {
        return Long.parseLong(id.substring(0, id.indexOf('-')));
    }

    private long sequence() {
        return Long.parseUnsignedLong(id.substring(id.indexOf('-') + 1));
    }
}
