package io.orderflow.messaging.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Polls and commits as the consumer loop does: a member that fails is closed and another one opened. */
final class Reader implements AutoCloseable {

    private final Supplier<MessageConsumer<String, byte[]>> members;
    private final List<Topic> topics;
    private final List<Delivery<String, byte[]>> received = new CopyOnWriteArrayList<>();
    private @Nullable MessageConsumer<String, byte[]> member;

    Reader(Supplier<MessageConsumer<String, byte[]>> members, List<Topic> topics) {
        this.members = members;
        this.topics = topics;
    }

    /** One iteration; returns the polled messages, none if the member failed. */
    List<Delivery<String, byte[]>> step() {
        List<Delivery<String, byte[]>> polled = poll();
        commit();
        return polled;
    }

    /** Repeats {@link #step()} until the condition holds; fails after the time-out. */
    void stepUntil(BooleanSupplier enough, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!enough.getAsBoolean() && System.nanoTime() < deadline) {
            step();
        }
        assertThat(enough.getAsBoolean())
                .as("enough after %s, with %d messages read", patience, received.size())
                .isTrue();
    }

    List<Delivery<String, byte[]>> poll() {
        try {
            if (member == null) {
                member = members.get();
                member.subscribe(topics);
            }
            List<Delivery<String, byte[]>> polled = member.poll(Scenario.SHORT_POLL);
            received.addAll(polled);
            return polled;
        } catch (MessagingException e) {
            close();
            return List.of();
        }
    }

    void commit() {
        try {
            if (member != null) {
                member.commit();
            }
        } catch (MessagingException e) {
            close();
        }
    }

    /** All polled messages, including those whose commit failed. */
    List<Delivery<String, byte[]>> received() {
        return received;
    }

    @Override
    public void close() {
        if (member != null) {
            member.close();
            member = null;
        }
    }
}
