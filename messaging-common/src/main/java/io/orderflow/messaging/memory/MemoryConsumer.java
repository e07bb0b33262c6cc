package io.orderflow.messaging.memory;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One member of a group; the store knows what it holds. */
final class MemoryConsumer implements MessageConsumer<String, byte[]> {

    private final MemoryStore store;
    private final String group;
    private final ConsumerOptions options;
    private @Nullable Member member;
    private boolean closed;

    MemoryConsumer(MemoryStore store, String group, ConsumerOptions options) {
        this.store = store;
        this.group = group;
        this.options = options;
    }

    @Override
    public void subscribe(List<Topic> topics) {
        requireOpen();
        if (member != null) {
            throw new IllegalStateException("This member of '" + group + "' is subscribed already.");
        }
        member = new Member(group, List.copyOf(topics), options);
        store.join(member);
    }

    @Override
    public List<Delivery<String, byte[]>> poll(Duration timeout) {
        return store.poll(subscribed(), timeout).stream()
                .map(StoredMessage::toDelivery)
                .toList();
    }

    @Override
    public void keepAlive() {
        store.keepAlive(subscribed());
    }

    @Override
    public void commit() {
        store.commit(subscribed());
    }

    @Override
    public void close() {
        closed = true;
        if (member != null) {
            store.leave(member);
        }
    }

    private Member subscribed() {
        requireOpen();
        if (member == null) {
            throw new IllegalStateException("This member of '" + group + "' has to subscribe first.");
        }
        return member;
    }

    private void requireOpen() {
        if (closed) {
            throw new MessagingException("This member of '" + group + "' is closed. Open another one.", null);
        }
    }
}
