package io.orderflow.messaging.memory;

import io.orderflow.messaging.BrokerLimits;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.util.List;

/** Appends a batch to the store in one step, or not at all. */
final class MemoryProducer implements MessageProducer<String, byte[]> {

    private final MemoryStore store;
    private final BrokerLimits limits;
    private volatile boolean closed;

    MemoryProducer(MemoryStore store, BrokerLimits limits) {
        this.store = store;
        this.limits = limits;
    }

    @Override
    public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
        if (closed) {
            throw new MessagingException("Nothing was sent to '" + topic.name() + "': this producer is closed.", null);
        }
        messages.forEach(message -> limits.requireWithin(topic, message));
        store.append(topic, messages);
    }

    @Override
    public void close() {
        closed = true;
    }
}
