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
 * Hands a whole batch to the client, then waits for every acknowledgement. When one fails, nothing more is handed over, and
 * it returns only once the fate of all before is known, or the client is given up: so the caller's next try is not
 * overtaken by this one.
 */
final class KafkaMessageProducer implements MessageProducer<String, byte[]> {

    /** The client gives up by itself, at most a request's time-out late; one that does not hangs and is replaced. */
    private static final Duration GRACE = Duration.ofSeconds(6);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final ProducerFactory<String, byte[]> factory;
    private final KafkaTopics topics;
    private final Duration patience;
    private volatile boolean closed;

    KafkaMessageProducer(ProducerFactory<String, byte[]> factory, KafkaTopics topics, Duration sendTimeout) {
        this.factory = factory;
        this.topics = topics;
        this.patience = sendTimeout.plus(GRACE);
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
        MessagingException failure = handOver(topic, messages, sent);
        long deadline = System.nanoTime() + patience.toNanos();
        for (int i = sent.size() - 1; i >= 0; i--) {
            MessagingException outcome = outcome(topic, messages.get(i), sent.get(i), deadline);
            failure = outcome == null ? failure : outcome;
        }
        if (failure != null) {
            recover(topic, failure);
            throw failure;
        }
    }

    private @Nullable MessagingException handOver(
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

    private @Nullable MessagingException outcome(
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

    /** Some failures, a wrong password among them, leave the client unusable: the next try has to begin with another. */
    private void recover(Topic topic, MessagingException failure) {
        topics.forget(topic);
        boolean clientIsFine =
                failure instanceof MessageRejectedException || failure.getCause() instanceof RetriableException;
        if (!clientIsFine && !closed) {
            closeClient(GRACE);
        }
    }

    /** Not in the caller's thread: it waits for the client's own thread, for ever if that hangs. */
    private void closeClient(Duration atMost) {
        Thread closing = new Thread(factory::reset, "kafka-producer-closing");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(atMost.toMillis());
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
