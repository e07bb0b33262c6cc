package io.orderflow.analytics.streams;

import io.orderflow.messaging.codec.JsonCodec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Encodes an event and puts it into its envelope. The record's time is now: retention counts from it. */
final class Envelope<E> extends ContextualProcessor<String, E, String, byte[]> {

    private final JsonCodec<E> codec;
    private final String type;
    private final Function<E, String> id;
    private final InstantSource clock;

    /** With random ids, for events of which no reader sees one that was rolled back. */
    Envelope(Class<E> event, String type, InstantSource clock) {
        this(event, type, each -> UUID.randomUUID().toString(), clock);
    }

    /** @param id the same when the event is published again, after a crash */
    Envelope(Class<E> event, String type, Function<E, String> id, InstantSource clock) {
        this.codec = JsonCodec.of(event);
        this.type = type;
        this.id = id;
        this.clock = clock;
    }

    @Override
    public void process(Record<String, E> record) {
        Instant now = clock.instant();
        E event = record.value();
        context()
                .forward(record.withValue(codec.encode(event))
                        .withTimestamp(now.toEpochMilli())
                        .withHeaders(CloudEvent.headers(id.apply(event), type, now)));
    }
}
