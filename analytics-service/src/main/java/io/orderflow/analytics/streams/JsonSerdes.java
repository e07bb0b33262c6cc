package io.orderflow.analytics.streams;

import io.orderflow.messaging.codec.JsonCodec;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Records in internal topics and state stores, as the JSON of events. */
final class JsonSerdes {

    private JsonSerdes() {}

    static <T> Serde<T> of(Class<T> type) {
        JsonCodec<T> codec = JsonCodec.of(type);
        return Serdes.serdeFrom(
                (topic, value) -> value == null ? null : codec.encode(value),
                (topic, bytes) -> bytes == null ? null : codec.decode(bytes));
    }
}
