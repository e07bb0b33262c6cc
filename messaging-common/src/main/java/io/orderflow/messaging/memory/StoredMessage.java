package io.orderflow.messaging.memory;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;

/** A message with its position in its topic. */
record StoredMessage(String topic, int partition, long offset, Message<String, byte[]> message) {

    StoredMessage {
        message = copyOf(message);
    }

    /** With a copy of the payload, as if it had been sent over a network. */
    Delivery<String, byte[]> toDelivery() {
        return new Delivery<>(topic, copyOf(message), position());
    }

    String position() {
        return topic + "-" + partition + "@" + offset;
    }

    private static Message<String, byte[]> copyOf(Message<String, byte[]> message) {
        byte[] value = message.value();
        return value == null ? message : message.withValue(value.clone());
    }
}
