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
 * The far end of a relay under test: it accepts messages in order and remembers them, and can be told to be away, to
 * refuse some for good, or to stop right after accepting - before the relay hears of it. Safe for many threads.
 */
public final class Sends implements MessageProducer<String, byte[]> {

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
    private volatile boolean away;
    private volatile Predicate<Sent> refused = sent -> false;
    private volatile CountDownLatch thaw = new CountDownLatch(0);

    @Override
    public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
        if (away) {
            throw new MessagingException("The broker is away, because this test says so.", null);
        }
        for (Message<String, byte[]> message : messages) {
            Sent sent = new Sent(topic.name(), message);
            if (refused.test(sent)) {
                throw new MessageRejectedException("This message is refused, because this test says so.", null);
            }
            synchronized (accepted) {
                accepted.add(sent);
            }
        }
        try {
            thaw.await();
        } catch (InterruptedException e) {
            throw new MessagingException("interrupted", e);
        }
    }

    /** From now on whoever sends is held up after the messages have been accepted, until {@link #thaw()}. */
    public void freeze() {
        thaw = new CountDownLatch(1);
    }

    public void thaw() {
        thaw.countDown();
    }

    public void away(boolean yes) {
        away = yes;
    }

    /** Refuses these for good. */
    public void refuse(Predicate<Sent> those) {
        refused = those;
    }

    /** All that was accepted, repetitions included, in order. */
    public List<Sent> all() {
        synchronized (accepted) {
            return List.copyOf(accepted);
        }
    }

    /** The payloads in the order of their first arrival, as a consumer with an inbox would see them. */
    public List<String> firsts() {
        LinkedHashSet<String> ids = new LinkedHashSet<>();
        return all().stream().filter(sent -> ids.add(sent.id())).map(Sent::text).toList();
    }

    @Override
    public void close() {}
}
