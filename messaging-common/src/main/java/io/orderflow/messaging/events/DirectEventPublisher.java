package io.orderflow.messaging.events;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.MessageProducer;
import java.time.Instant;
import java.util.UUID;

/** Publishes events at once, where there is no database: returns when the broker has accepted the event. */
public record DirectEventPublisher(EventWriter writer, MessageProducer<String, byte[]> producer)
        implements EventPublisher {

    @Override
    public void publish(Object event) {
        EventWriter.Addressed written = writer.write(event);
        producer.send(
                written.topic(),
                written.message().withHeader(Headers.ID, UUID.randomUUID().toString()));
    }

    @Override
    public void publishNotBefore(Instant time, Object event) {
        throw new UnsupportedOperationException(
                "An event cannot wait without an outbox to wait in; give the application a DataSource.");
    }
}
