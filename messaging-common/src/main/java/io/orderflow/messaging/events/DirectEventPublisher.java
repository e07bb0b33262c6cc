package io.orderflow.messaging.events;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import java.time.Instant;
import java.util.UUID;

/**
 * Publishes events at once, in an application without an outbox: returns when the broker has accepted the event, which a transaction that is rolled back does not call back.
 */
public record DirectEventPublisher(EventWriter writer, MessageProducer<String, byte[]> producer)
        implements EventPublisher {

    @Override
    public void publish(Object event) {
        send(writer.write(event));
    }

    @Override
    public void publish(Object event, long number) {
        send(writer.write(event, number));
    }

    private void send(EventWriter.Addressed written) {
        if (SuppressedPublishing.isActive()) {
            return;
        }
        producer.send(
                Topic.named(written.topic()),
                written.message().withHeader(Headers.ID, UUID.randomUUID().toString()));
    }

    @Override
    public void publishNotBefore(Instant time, Object event) {
        throw new UnsupportedOperationException(
                "An event cannot be delayed without an outbox; use messaging-jdbc, and do not set"
                        + " messaging.database.enabled=false.");
    }
}
