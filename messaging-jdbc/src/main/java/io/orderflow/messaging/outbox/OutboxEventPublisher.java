package io.orderflow.messaging.outbox;

import io.orderflow.messaging.events.EventPublisher;
import io.orderflow.messaging.events.EventWriter;
import java.time.Instant;
import java.util.List;

/** Publishes events with the caller's transaction. */
public record OutboxEventPublisher(EventWriter writer, Outbox outbox) implements EventPublisher {

    @Override
    public void publish(Object event) {
        EventWriter.Addressed written = writer.write(event);
        outbox.add(written.topic(), List.of(written.message()));
    }

    @Override
    public void publish(Object event, long number) {
        EventWriter.Addressed written = writer.write(event, number);
        outbox.add(written.topic(), List.of(written.message()));
    }

    @Override
    public void publishNotBefore(Instant time, Object event) {
        EventWriter.Addressed written = writer.writeNotBefore(time, event);
        outbox.addNotBefore(time, written.topic(), List.of(written.message()));
    }
}
