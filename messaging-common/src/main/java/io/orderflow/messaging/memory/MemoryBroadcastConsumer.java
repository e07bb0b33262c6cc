package io.orderflow.messaging.memory;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.adapter.BroadcastBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A receiver of broadcasts; the store adds to its buffer. */
final class MemoryBroadcastConsumer implements MessageConsumer<String, byte[]> {

    private final BroadcastBuffer buffer = new BroadcastBuffer();
    private final Consumer<Delivery<String, byte[]>> receiver = buffer::add;
    private final MemoryStore store;
    private final ConsumerOptions options;
    private boolean closed;

    MemoryBroadcastConsumer(MemoryStore store, ConsumerOptions options) {
        this.store = store;
        this.options = options;
    }

    @Override
    public void subscribe(List<Topic> topics) {
        topics.forEach(topic -> store.receive(topic, receiver));
    }

    @Override
    public List<Delivery<String, byte[]>> poll(Duration timeout) {
        if (closed) {
            throw new MessagingException("This receiver of broadcasts is closed. Open another one.", null);
        }
        return buffer.poll(timeout, options.maxPollMessages()).stream()
                .filter(each -> options.isAddressee(each.message()))
                .toList();
    }

    @Override
    public void commit() {}

    @Override
    public void close() {
        closed = true;
        store.stopReceiving(receiver);
    }
}
