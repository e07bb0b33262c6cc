package io.orderflow.analytics.streams;

import io.orderflow.analytics.domain.OrderStep;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * Forwards each event that is counted once, by customer: what the inbox does for a subscription. The outbox of a sender may
 * send an event again; exactly-once processing does not recognise that, because on the topic they are two records.
 */
final class EventsOnce extends ContextualProcessor<String, byte[], String, OrderStep> {

    static final String STORE = "seen-events";

    private static final byte[] SEEN = {};

    private final OrderDecoder decoder = new OrderDecoder();
    private final InstantSource clock;
    private final Duration within;
    private WindowStore<String, byte[]> seen;

    EventsOnce(InstantSource clock, Duration within) {
        this.clock = clock;
        this.within = within;
    }

    /** Windows are by the time of processing: an old event must be recognised as well. */
    static StoreBuilder<WindowStore<String, byte[]>> store(Duration within) {
        return Stores.windowStoreBuilder(
                Stores.persistentWindowStore(STORE, within, within, false), Serdes.String(), Serdes.ByteArray());
    }

    @Override
    public void init(ProcessorContext<String, OrderStep> context) {
        super.init(context);
        seen = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        Instant now = clock.instant();
        Instant time = CloudEvent.time(record.headers(), record.timestamp(), now);
        decoder.decode(record, time)
                .filter(step -> isNew(record, now))
                .ifPresent(step ->
                        context().forward(record.withKey(step.customerId()).withValue(step)));
    }

    /** A record without an id is no duplicate: Kafka Streams processes each record once. */
    private boolean isNew(Record<String, byte[]> record, Instant now) {
        String event = CloudEvent.identity(record.headers());
        if (event == null) {
            return true;
        }
        try (WindowStoreIterator<byte[]> earlier = seen.fetch(event, now.minus(within), now)) {
            if (earlier.hasNext()) {
                return false;
            }
        }
        seen.put(event, SEEN, now.toEpochMilli());
        return true;
    }
}
