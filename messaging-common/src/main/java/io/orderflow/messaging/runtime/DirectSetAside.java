package io.orderflow.messaging.runtime;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.policy.MessageRecoverer;
import java.time.Duration;

/** Without a database there is no place for messages to wait in but a {@link WaitingRoom}. */
public record DirectSetAside(MessageProducer<String, byte[]> producer) implements MessageRecoverer {

    @Override
    public boolean canKeep() {
        return false;
    }

    @Override
    public void later(String topic, Message<String, byte[]> message, Duration delay) {
        throw new UnsupportedOperationException("There is no outbox to keep a message in.");
    }

    @Override
    public void deadLetter(String topic, Message<String, byte[]> message) {
        producer.send(topic, message);
    }
}
