package io.orderflow.messaging.kafka;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.PartitionsRevokedException;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * A member of a consumer group or a share group.
 *
 * <p>While no broker responds, {@link #poll} returns nothing at first, because the client reconnects by itself. It throws once
 * the outage has lasted longer than the member keeps its partitions.
 */
final class KafkaMessageConsumer implements MessageConsumer<String, byte[]> {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    private final Function<List<Topic>, KafkaReader> factory;
    private final KafkaTopics topics;
    private final Duration responseTimeout;
    private List<Topic> subscribed = List.of();
    private List<String> names = List.of();
    private @Nullable KafkaReader reader;
    private @Nullable ResponseMonitor responses;

    KafkaMessageConsumer(Function<List<Topic>, KafkaReader> factory, KafkaTopics topics, Duration responseTimeout) {
        this.factory = factory;
        this.topics = topics;
        this.responseTimeout = responseTimeout;
    }

    @Override
    public void subscribe(List<Topic> wanted) {
        if (reader != null) {
            throw new IllegalStateException("Already subscribed to " + names + ".");
        }
        wanted.forEach(topics::ensure);
        subscribed = List.copyOf(wanted);
        names = wanted.stream().map(Topic::name).toList();
        try {
            reader = factory.apply(subscribed);
            responses = new ResponseMonitor(reader.metrics(), responseTimeout, System.nanoTime());
        } catch (KafkaException e) {
            throw KafkaFailures.of("Kafka cannot be read: no consumer for " + names, e);
        }
    }

    @Override
    public List<Delivery<String, byte[]>> poll(Duration timeout) {
        KafkaReader joined = joined();
        try {
            List<Delivery<String, byte[]>> deliveries = joined.poll(timeout);
            if (deliveries.isEmpty()) {
                requireResponses();
                recreateDeletedTopics(joined);
            }
            return deliveries;
        } catch (KafkaException e) {
            throw KafkaFailures.of("Kafka cannot be read: polling " + names + " failed", e);
        }
    }

    private void requireResponses() {
        if (responses != null && responses.isTimedOut(System.nanoTime())) {
            throw new MessagingException(
                    "Kafka is unavailable: a consumer of " + names
                            + " has had no response from any broker for more than " + responseTimeout.toSeconds()
                            + " s.",
                    null);
        }
    }

    /** The client then finds the topic by itself. */
    private void recreateDeletedTopics(KafkaReader joined) {
        for (Topic topic : subscribed) {
            if (joined.isDeleted(topic.name())) {
                topics.forget(topic);
                topics.ensure(topic);
            }
        }
    }

    @Override
    public void commit() {
        try {
            requireKept(joined().commit(), "committed");
        } catch (KafkaException e) {
            throw KafkaFailures.of("Kafka may not have committed messages of " + names, e);
        }
    }

    @Override
    public void keepAlive() {
        try {
            requireKept(joined().keepAlive(), "handled");
        } catch (KafkaException e) {
            throw KafkaFailures.of("Kafka cannot be read: a member of " + names + " could not stay in its group", e);
        }
    }

    private void requireKept(boolean kept, String done) {
        if (!kept) {
            throw new PartitionsRevokedException("Some messages of " + names + " were revoked before they were " + done
                    + "; other members of the group receive these again.");
        }
    }

    private KafkaReader joined() {
        if (reader == null) {
            throw new IllegalStateException("Subscribe first.");
        }
        return reader;
    }

    @Override
    public void close() {
        if (reader == null) {
            return;
        }
        boolean interrupted = Thread.interrupted(); // an interrupted thread would not leave the group
        try {
            reader.close(CLOSE_TIMEOUT);
        } catch (KafkaException e) {
            // The broker removes the member after its time-out.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
