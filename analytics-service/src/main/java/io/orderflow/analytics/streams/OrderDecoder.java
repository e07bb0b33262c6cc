package io.orderflow.analytics.streams;

import io.orderflow.analytics.domain.OrderStep;
import io.orderflow.events.InvalidOrderException;
import io.orderflow.events.OrderConfirmed;
import io.orderflow.events.OrderCreated;
import io.orderflow.messaging.codec.JsonCodec;
import io.orderflow.messaging.codec.UndecodableException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Decodes the events that are counted, as the plain subscription does. */
final class OrderDecoder {

    private final JsonCodec<OrderCreated> created = JsonCodec.of(OrderCreated.class);
    private final JsonCodec<OrderConfirmed> confirmed = JsonCodec.of(OrderConfirmed.class);

    /** Empty for other events, and for those that cannot be decoded or are invalid: they are dead-lettered elsewhere. */
    Optional<OrderStep> decode(Record<String, byte[]> record, Instant time) {
        byte[] json = record.value();
        if (json == null) {
            return Optional.empty();
        }
        try {
            if (is(OrderCreated.TYPE, record)) {
                return Optional.of(OrderStep.placed(created.decode(json), time));
            }
            return is(OrderConfirmed.TYPE, record)
                    ? Optional.of(OrderStep.confirmed(confirmed.decode(json), time))
                    : Optional.empty();
        } catch (UndecodableException | InvalidOrderException e) {
            return Optional.empty();
        }
    }

    /** By the type that a record states, else by its routing key or key, which begin with the type without its version. */
    private static boolean is(String type, Record<String, byte[]> record) {
        String stated = CloudEvent.type(record.headers());
        return stated != null
                ? stated.equals(type)
                : Stream.of(CloudEvent.routingKey(record.headers()), record.key())
                        .anyMatch(key -> begins(key, type.substring(0, type.lastIndexOf('.'))));
    }

    private static boolean begins(@Nullable String key, String type) {
        return key != null && (key.equals(type) || key.startsWith(type + "."));
    }
}
