package io.orderflow.messaging.brokers;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.List;

/** Reads from two brokers in turn, in no order: work queues and broadcasts while one of the two is drained. */
final class MergingConsumer implements MessageConsumer<String, byte[]> {

    private static final Duration SHORT = Duration.ofMillis(5);

    private final MessageConsumer<String, byte[]> old;
    private final MessageConsumer<String, byte[]> next;
    private MessageConsumer<String, byte[]> polled;

    MergingConsumer(MessageConsumer<String, byte[]> old, MessageConsumer<String, byte[]> next) {
        this.old = old;
        this.next = next;
        this.polled = next;
    }

    @Override
    public void subscribe(List<Topic> topics) {
        old.subscribe(topics);
        next.subscribe(topics);
    }

    /** The one that was not polled last goes first, so that neither starves. */
    @Override
    public List<Delivery<String, byte[]>> poll(Duration timeout) {
        polled = polled == old ? next : old;
        List<Delivery<String, byte[]>> messages = polled.poll(SHORT);
        if (messages.isEmpty()) {
            polled = polled == old ? next : old;
            messages = polled.poll(timeout);
        }
        return messages;
    }

    @Override
    public void keepAlive() {
        old.keepAlive();
        next.keepAlive();
    }

    @Override
    public void commit() {
        polled.commit();
    }

    @Override
    public void close() {
        old.close();
        next.close();
    }
}
