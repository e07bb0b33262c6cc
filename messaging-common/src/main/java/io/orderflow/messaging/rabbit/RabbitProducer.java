package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.TopicUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeoutException;

/**
 * Publishes each batch on a channel that no other batch uses at the time, and waits for the broker's confirms. Channels are
 * reused: there are as many as threads that have sent at once.
 */
final class RabbitProducer implements MessageProducer<String, byte[]> {

    private final RabbitConnections connections;
    private final RabbitTopology topology;
    private final Duration confirmTimeout;
    private final NackedTopics nacked = new NackedTopics(InstantSource.system());
    private final Deque<ConfirmedChannel> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    RabbitProducer(RabbitConnections connections, RabbitTopology topology, Duration confirmTimeout) {
        this.connections = connections;
        this.topology = topology;
        this.confirmTimeout = confirmTimeout;
    }

    @Override
    public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
        if (!messages.isEmpty()) {
            topology.declareForProducer(topic);
            nacked.steps(topic.name(), messages).stream()
                    .map(step -> step.stream()
                            .map(message -> OutgoingMessage.of(message, topic))
                            .toList())
                    .toList()
                    .forEach(step -> publish(topic, step));
        }
    }

    private void publish(Topic topic, List<OutgoingMessage> batch) {
        connections.requireNotBlocked();
        ConfirmedChannel channel = takeChannel();
        boolean answered = false;
        try {
            channel.publish(topic, batch, connections);
            channel.awaitConfirms(confirmTimeout);
            answered = true;
            requireAccepted(topic, channel);
        } catch (TimeoutException e) {
            connections.requireNotBlocked();
            throw new MessagingException(
                    "RabbitMQ did not confirm " + batch.size() + " messages to topic '" + topic.name() + "' within "
                            + confirmTimeout.toMillis() + " ms; they may have been accepted.",
                    e);
        } catch (IOException | ShutdownSignalException | InterruptedException e) {
            throw failure(topic, e);
        } finally {
            if (answered) {
                release(channel);
            } else {
                connections.closeInBackground(
                        channel::close); // its confirms are outstanding: no other batch may use it
            }
        }
    }

    private MessagingException failure(Topic topic, Exception cause) {
        String what = "Messages to topic '" + topic.name() + "' were not confirmed by RabbitMQ";
        return switch (RabbitFailures.code(cause)) {
            case AMQP.NOT_FOUND -> {
                topology.restore(topic);
                yield RabbitFailures.failure(what, cause);
            }
            case AMQP.PRECONDITION_FAILED ->
                new MessageRejectedException(what + ": " + RabbitFailures.reason(cause), cause);
            default -> RabbitFailures.failure(what, cause);
        };
    }

    /** A return does not name the message that no queue takes, so the whole batch counts as not accepted. */
    private void requireAccepted(Topic topic, ConfirmedChannel channel) {
        if (channel.returned() != null) {
            topology.restore(topic);
            throw new TopicUnavailableException(
                    "RabbitMQ has no queue for topic '" + topic.name() + "' (" + channel.returned()
                            + "): no group of it is declared. Declare its groups (messaging.topics." + topic.name()
                            + ".groups) or start a service that reads it.",
                    null);
        }
        if (channel.nacked()) {
            nacked.add(topic.name());
            throw new MessagingException(
                    "RabbitMQ refused a message to topic '" + topic
                            + "': a queue of it is full, or has no leader at present.",
                    null);
        }
    }

    private ConfirmedChannel takeChannel() {
        if (closed) {
            throw new MessagingException("This producer is closed.", null);
        }
        ConfirmedChannel channel = idle.pollFirst();
        while (channel != null && !channel.isOpen()) {
            channel = idle.pollFirst();
        }
        return channel == null ? openChannel() : channel;
    }

    private ConfirmedChannel openChannel() {
        Channel channel = connections.openForPublishing();
        try {
            return new ConfirmedChannel(channel);
        } catch (IOException | ShutdownSignalException e) {
            RabbitFailures.close(channel);
            throw RabbitFailures.failure("RabbitMQ opened no channel to publish on", e);
        }
    }

    private void release(ConfirmedChannel channel) {
        idle.addFirst(channel);
        if (closed) {
            close();
        }
    }

    @Override
    public void close() {
        closed = true;
        for (ConfirmedChannel channel = idle.pollFirst(); channel != null; channel = idle.pollFirst()) {
            channel.close();
        }
    }
}
