package io.orderflow.messaging.kafka;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ProducerFactory;

/**
 * Passes a whole batch to the client, then waits for every acknowledgement. After a failure no more messages are passed on,
 * and {@link #sendBatch} returns only once the outcome of all earlier ones is known or the client is closed: so the
 * caller's next attempt cannot be overtaken by this one.
 */
final class KafkaMessageProducer implements MessageProducer<String, byte[]> {

    /** The client's own time-out takes at most a request's time-out longer; a client that exceeds this is replaced. */
    private static final Duration GRACE = Duration.ofSeconds(6);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final ProducerFactory<String, byte[]> factory;
    private final KafkaTopics topics;
    private final Duration timeout;
    private volatile boolean closed;

    KafkaMessageProducer(ProducerFactory<String, byte[]> factory, KafkaTopics topics, Duration sendTimeout) {
        this.factory = factory;
        this.topics = topics;
        this.timeout = sendTimeout.plus(GRACE);
    }

    @Override
    public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
        if (closed) {
            throw new MessagingException("This producer is closed; nothing was sent to '" + topic.name() + "'.", null);
        }
        if (messages.isEmpty()) {
            return;
        }
        topics.ensure(topic);
        List<Future<?>> sent = new ArrayList<>(messages.size());
        MessagingException failure = send(topic, messages, sent);
        long deadline = System.nanoTime() + timeout.toNanos();
        for (int i = sent.size() - 1; i >= 0; i--) {
            MessagingException outcome = outcome(topic, messages.get(i), sent.get(i), deadline);
            failure = outcome == null ? failure : outcome;
        }
        if (failure != null) {
            topics.forget(topic);
            replaceUnusableClient(failure);
            throw failure;
        }
    }

    private @Nullable MessagingException send(
            Topic topic, List<Message<String, byte[]>> messages, List<Future<?>> sent) {
        try {
            Producer<String, byte[]> producer = factory.createProducer();
            for (Message<String, byte[]> message : messages) {
                Future<?> acknowledgement = producer.send(KafkaRecords.toRecord(topic.name(), message));
                sent.add(acknowledgement);
                if (acknowledgement.isDone() && outcome(topic, message, acknowledgement, System.nanoTime()) != null) {
                    break;
                }
            }
            return null;
        } catch (KafkaException | IllegalArgumentException | IllegalStateException e) {
            return failure(topic, messages.get(sent.size()), e);
        }
    }

    private static @Nullable MessagingException outcome(
            Topic topic, Message<String, byte[]> message, Future<?> acknowledgement, long deadline) {
        try {
            acknowledgement.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return null;
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            return failure(topic, message, e);
        }
    }

    private static MessagingException failure(Topic topic, Message<String, byte[]> message, Exception e) {
        return KafkaFailures.of(
                "Kafka did not accept message " + message.header(Headers.ID) + " for '" + topic.name() + "'", e);
    }

    /** After some failures, a wrong password for example, a client never works again. */
    private void replaceUnusableClient(MessagingException failure) {
        boolean usable =
                failure instanceof MessageRejectedException || failure.getCause() instanceof RetriableException;
        if (!usable && !closed) {
            closeClient(GRACE);
        }
    }

    /** In a thread of its own: closing waits for the client's thread, for ever if that hangs. */
    private void closeClient(Duration longest) {
        Thread closing = new Thread(factory::reset, "kafka-producer-closing");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(longest.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        closeClient(CLOSE_TIMEOUT);
    }
}
