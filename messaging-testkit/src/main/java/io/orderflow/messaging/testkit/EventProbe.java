package io.orderflow.messaging.testkit;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.codec.JsonCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sends events to a running application, and receives those it publishes from then on, as another service would. Not thread-safe. */
public final class EventProbe implements AutoCloseable {

    /** How long {@link #await} waits. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(100);

    private final Function<String, Topic> configured;
    private final MessageProducer<String, byte[]> producer;
    private final Supplier<MessageConsumer<String, byte[]>> members;
    private final List<Delivery<String, byte[]>> received = new ArrayList<>();
    private MessageConsumer<String, byte[]> consumer;

    /**
     * Opens a probe that reads these topics as a group of its own. A topic that does not exist is created with the default
     * number of partitions.
     */
    public EventProbe(MessageBroker broker, String... topics) {
        this(broker, Topic::named, topics);
    }

    /** @param configured returns a topic as the application declares it, which a broker may insist on */
    public EventProbe(MessageBroker broker, Function<String, Topic> configured, String... topics) {
        this.configured = configured;
        String group = "probe-" + UUID.randomUUID();
        producer = broker.producer();
        members = () -> {
            MessageConsumer<String, byte[]> member =
                    broker.consumer(group, ConsumerOptions.defaults().withStart(StartPosition.LATEST));
            member.subscribe(Stream.of(topics).map(configured).toList());
            return member;
        };
        consumer = members.get();
    }

    /** Sends an event in an envelope with a new id, and returns the id. */
    public String send(String topic, String type, String key, Object event) {
        String id = UUID.randomUUID().toString();
        send(topic, id, type, key, event);
        return id;
    }

    /** Sends an event in an envelope with this id, which may be a duplicate. */
    public void send(String topic, String id, String type, String key, Object event) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(Headers.SPEC_VERSION, "1.0");
        headers.put(Headers.ID, id);
        headers.put(Headers.TYPE, type);
        headers.put(Headers.SOURCE, "/probe");
        send(topic, key, headers, json(event));
    }

    /** Sends these bytes with these headers, as a producer without this library may. */
    public void send(String topic, @Nullable String key, Map<String, String> headers, byte[] payload) {
        producer.send(configured.apply(topic), new Message<>(key, payload, headers, Instant.now()));
    }

    /**
     * The first event of this type that matches, including those received earlier.
     *
     * @throws AssertionError if none is received within {@link #PATIENCE}
     */
    public <E> E await(Class<E> eventClass, String type, Predicate<E> fits) {
        return await(type, () -> received(eventClass, type).stream().filter(fits));
    }

    /**
     * The first message of any type on this topic that matches, including those received earlier.
     *
     * @throws AssertionError if none is received within {@link #PATIENCE}
     */
    public Message<String, byte[]> awaitMessage(String topic, Predicate<Message<String, byte[]>> fits) {
        return await(
                "message on " + topic,
                () -> received.stream()
                        .filter(delivery -> delivery.topic().equals(topic))
                        .map(Delivery::message)
                        .filter(fits));
    }

    private <T> T await(String what, Supplier<Stream<T>> found) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<T> first = found.get().findFirst();
            if (first.isPresent()) {
                return first.get();
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("No matching " + what + " was received within " + PATIENCE + ", but "
                        + received.stream()
                                .map(delivery -> delivery.message().header(Headers.TYPE) + " on " + delivery.topic())
                                .toList());
            }
            poll();
        }
    }

    /** The events of this type that this probe has received, in order. */
    public <E> List<E> received(Class<E> eventClass, String type) {
        JsonCodec<E> codec = JsonCodec.of(eventClass);
        return received.stream()
                .map(Delivery::message)
                .filter(message -> type.equals(message.header(Headers.TYPE)))
                .map(message -> codec.decode(message.value()))
                .toList();
    }

    private void poll() {
        try {
            received.addAll(consumer.poll(POLL));
            consumer.commit();
        } catch (MessagingException e) {
            consumer.close(); // uncommitted messages are delivered again
            consumer = members.get();
        }
    }

    @SuppressWarnings("unchecked")
    private static byte[] json(Object event) {
        return JsonCodec.of((Class<Object>) event.getClass()).encode(event);
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
    }
}
