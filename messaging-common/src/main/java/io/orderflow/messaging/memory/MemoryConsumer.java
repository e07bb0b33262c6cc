package io.orderflow.messaging.memory;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One member of a group. Its package-private state is guarded by the store. */
final class MemoryConsumer implements MessageConsumer<String, byte[]> {

    final String group;
    final ConsumerOptions options;
    final List<Topic> topics = new ArrayList<>();

    /** Polled and not committed. */
    final List<StoredMessage> uncommitted = new ArrayList<>();

    /** When the member loses its partitions, unless it polls or commits before; {@link Instant#MAX} while it polls. */
    Instant expiresAt = Instant.MAX;

    private final MemoryStore store;
    private boolean closed;

    MemoryConsumer(MemoryStore store, String group, ConsumerOptions options) {
        this.store = store;
        this.group = group;
        this.options = options;
    }

    @Override
    public void subscribe(List<Topic> subscribed) {
        requireOpen();
        if (!topics.isEmpty()) {
            throw new IllegalStateException("This member of '" + group + "' is subscribed already.");
        }
        store.join(this, subscribed);
    }

    @Override
    public List<Delivery<String, byte[]>> poll(Duration timeout) {
        requireSubscribed();
        return store.poll(this, timeout).stream().map(StoredMessage::toDelivery).toList();
    }

    @Override
    public void keepAlive() {
        requireSubscribed();
        store.keepAlive(this);
    }

    @Override
    public void commit() {
        requireSubscribed();
        store.commit(this);
    }

    @Override
    public void close() {
        closed = true;
        store.leave(this);
    }

    boolean reads(String topic, String asGroup) {
        return group.equals(asGroup)
                && topics.stream().anyMatch(each -> each.name().equals(topic));
    }

    private void requireSubscribed() {
        requireOpen();
        if (topics.isEmpty()) {
            throw new IllegalStateException("This member of '" + group + "' has to subscribe first.");
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new MessagingException("This member of '" + group + "' is closed. Open another one.", null);
        }
    }
}
