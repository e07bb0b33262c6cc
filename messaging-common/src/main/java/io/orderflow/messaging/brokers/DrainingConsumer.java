package io.orderflow.messaging.brokers;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.GroupBacklog;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A member of a group of a keyed topic on two brokers: the old one, from which the group's backlog is drained, and the next one, to
 * which new messages are sent.
 *
 * <p>Order: a batch of the next broker is returned only once the old one has been seen without a backlog of the group after the batch
 * was received. Whatever was sent to the old broker before any message of the batch has been committed by then, by whichever member.
 * Where a broker does not count messages in flight, the members leave the group on it for that, and join again for a new backlog.
 */
final class DrainingConsumer implements MessageConsumer<String, byte[]> {

    /** For a broker that is expected to have nothing. */
    private static final Duration SHORT = Duration.ofMillis(5);

    private static final long UNTIL_OTHERS_LEAVE_NANOS = Duration.ofMillis(50).toNanos();

    private final Supplier<MessageConsumer<String, byte[]>> opening;
    private final MessageConsumer<String, byte[]> next;
    private final Supplier<@Nullable GroupBacklog> backlog;
    private @Nullable MessageConsumer<String, byte[]> old;
    private @Nullable MessageConsumer<String, byte[]> polled;
    private List<Topic> topics = List.of();
    private List<Delivery<String, byte[]>> received = List.of();
    private boolean drained;

    /**
     * @param opening opens a member on the old broker
     * @param backlog of the group on the old broker; null if it does not exist
     */
    DrainingConsumer(
            Supplier<MessageConsumer<String, byte[]>> opening,
            MessageConsumer<String, byte[]> next,
            Supplier<@Nullable GroupBacklog> backlog) {
        this.opening = opening;
        this.next = next;
        this.backlog = backlog;
    }

    /** On both: what is sent to the next broker from now on waits there. */
    @Override
    public void subscribe(List<Topic> all) {
        topics = List.copyOf(all);
        join();
        next.subscribe(topics);
    }

    @Override
    public List<Delivery<String, byte[]>> poll(Duration timeout) {
        if (drained && received.isEmpty()) {
            List<Delivery<String, byte[]>> late = old == null ? List.of() : pollOld(SHORT);
            if (!late.isEmpty()) {
                return late;
            }
            received = next.poll(timeout);
        } else {
            next.keepAlive();
        }
        GroupBacklog left = backlog.get();
        if (left == null || left.messages() > 0) {
            return pollOld(timeout);
        }
        if (left.isNone()) {
            drained = true;
            return takeReceived();
        }
        return old == null ? awaitOthers() : pollOrLeave();
    }

    private List<Delivery<String, byte[]>> pollOld(Duration timeout) {
        drained = false;
        MessageConsumer<String, byte[]> member = join();
        List<Delivery<String, byte[]>> messages = member.poll(timeout);
        polled = member;
        return messages;
    }

    /** What is on its way to this member is returned to the broker, which counts it again. */
    private List<Delivery<String, byte[]>> pollOrLeave() {
        List<Delivery<String, byte[]>> messages = pollOld(SHORT);
        if (messages.isEmpty()) {
            leave();
        }
        return messages;
    }

    private static List<Delivery<String, byte[]>> awaitOthers() {
        LockSupport.parkNanos(UNTIL_OTHERS_LEAVE_NANOS);
        return List.of();
    }

    private List<Delivery<String, byte[]>> takeReceived() {
        List<Delivery<String, byte[]>> messages = received;
        received = List.of();
        polled = next;
        return messages;
    }

    private MessageConsumer<String, byte[]> join() {
        MessageConsumer<String, byte[]> member = old;
        if (member == null) {
            member = opening.get();
            old = member;
            member.subscribe(topics);
        }
        return member;
    }

    private void leave() {
        MessageConsumer<String, byte[]> member = old;
        old = null;
        if (member != null) {
            member.close();
        }
    }

    @Override
    public void keepAlive() {
        if (old != null) {
            old.keepAlive();
        }
        next.keepAlive();
    }

    @Override
    public void commit() {
        if (polled != null) {
            polled.commit();
        }
    }

    @Override
    public void close() {
        leave();
        next.close();
    }
}
