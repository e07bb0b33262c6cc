package io.orderflow.messaging.testkit.database;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/**
 * The producer of a relay under test: accepts messages in order and records them. It can be unavailable, reject messages, or block
 * after a message was accepted and before the relay learns of it. Thread-safe.
 */
public final class RecordingProducer implements MessageProducer<String, byte[]> {

    /** A message that was accepted. */
    public record Sent(String topic, Message<String, byte[]> message) {

        /** The id that its outbox gave it. */
        public String id() {
            return Objects.requireNonNull(message.header(Headers.ID));
        }

        /** Its payload as text; empty if there is none. */
        public String text() {
            byte[] value = message.value();
            return value == null ? "" : new String(value, StandardCharsets.UTF_8);
        }
    }

    private final List<Sent> accepted = new ArrayList<>();
    private volatile boolean unavailable;
    private volatile Predicate<Sent> rejected = sent -> false;
    private volatile CountDownLatch unblocked = new CountDownLatch(0);

    @Override
    public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
        if (unavailable) {
            throw new MessagingException("The broker is unavailable in this test.", null);
        }
        for (Message<String, byte[]> message : messages) {
            Sent sent = new Sent(topic.name(), message);
            if (rejected.test(sent)) {
                throw new MessageRejectedException("This message is rejected in this test.", null);
            }
            synchronized (accepted) {
                accepted.add(sent);
            }
        }
        try {
            unblocked.await();
        } catch (InterruptedException e) {
            throw new MessagingException("interrupted", e);
        }
    }

    /** From now on sends return only after {@link #unblock()}; their messages are accepted before. */
    public void block() {
        unblocked = new CountDownLatch(1);
    }

    public void unblock() {
        unblocked.countDown();
    }

    public void unavailable(boolean yes) {
        unavailable = yes;
    }

    /** Rejects these messages. */
    public void reject(Predicate<Sent> those) {
        rejected = those;
    }

    /** All accepted messages in order, including duplicates. */
    public List<Sent> all() {
        synchronized (accepted) {
            return List.copyOf(accepted);
        }
    }

    /** The payloads of all accepted messages without duplicates, as a consumer with an inbox would see them. */
    public List<String> firsts() {
        LinkedHashSet<String> ids = new LinkedHashSet<>();
        return all().stream().filter(sent -> ids.add(sent.id())).map(Sent::text).toList();
    }

    @Override
    public void close() {}
}
