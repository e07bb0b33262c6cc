package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.rabbit.RabbitMapping.Outgoing;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes on one channel of its own, opened anew when it is lost. A topic that this process declared and that has
 * disappeared is declared again, so that sending again succeeds.
 */
final class RabbitProducer implements MessageProducer<String, byte[]> {

    private final RabbitConnections connections;
    private final RabbitTopology topology;
    private final Duration confirmTimeout;
    private final RefusingTopics refusing = new RefusingTopics(InstantSource.system());
    private @Nullable ConfirmedChannel current;
    private boolean closed;

    RabbitProducer(RabbitConnections connections, RabbitTopology topology, Duration confirmTimeout) {
        this.connections = connections;
        this.topology = topology;
        this.confirmTimeout = confirmTimeout;
    }

    @Override
    public void sendBatch(String topic, List<Message<String, byte[]>> messages) {
        if (messages.isEmpty()) {
            return;
        }
        Topic declared = topology.ensured(topic);
        List<List<Outgoing>> steps = refusing.steps(topic, messages).stream()
                .map(step -> step.stream()
                        .map(message -> RabbitMapping.outgoing(message, declared))
                        .toList())
                .toList();
        try {
            steps.forEach(step -> publish(topic, step));
        } catch (TopicMissingException e) {
            topology.restore(topic);
            throw e;
        } catch (QueueRefusedException e) {
            refusing.refused(topic);
            throw e;
        }
    }

    private void publish(String topic, List<Outgoing> messages) {
        try {
            publish(channel(), topic, messages);
        } catch (UnattributedRefusalException e) {
            ConfirmedChannel own = open(); // alone on a channel, it is known whose message the broker refuses
            try {
                publish(own, topic, messages);
            } finally {
                closeAside(own);
            }
        }
    }

    private void publish(ConfirmedChannel channel, String topic, List<Outgoing> messages) {
        try {
            channel.publish(topic, messages, connections).await(confirmTimeout);
        } catch (TimeoutException e) {
            giveUp(channel);
            connections.requireNotBlocked();
            throw new MessagingException(
                    "RabbitMQ did not confirm " + messages.size() + " messages to topic '" + topic + "' within "
                            + confirmTimeout.toMillis() + " ms; they may have been accepted.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MessagingException("Interrupted while waiting for RabbitMQ to confirm.", e);
        } catch (IOException | ShutdownSignalException e) {
            throw RabbitFailures.failure("The connection to RabbitMQ broke while sending to topic '" + topic + "'", e);
        }
    }

    private synchronized ConfirmedChannel channel() {
        if (closed) {
            throw new MessagingException("This producer is closed.", null);
        }
        if (current == null || !current.isOpen()) {
            current = open();
        }
        return current;
    }

    private ConfirmedChannel open() {
        Channel channel = connections.openForPublishing();
        try {
            return new ConfirmedChannel(channel);
        } catch (IOException | ShutdownSignalException e) {
            RabbitFailures.abandon(channel);
            throw RabbitFailures.failure("RabbitMQ gave no channel to publish on", e);
        }
    }

    /**
     * A channel that published while its queue had no leader may never confirm anything again, so the next send takes a
     * new one.
     */
    private synchronized void giveUp(ConfirmedChannel silent) {
        if (current == silent) {
            current = null;
            closeAside(silent);
        }
    }

    /** A broker that is silent does not answer a goodbye either: nobody waits for that. */
    private static void closeAside(ConfirmedChannel channel) {
        Thread goodbye = new Thread(channel::close, "rabbitmq-goodbye");
        goodbye.setDaemon(true);
        goodbye.start();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (current != null) {
            current.close();
        }
    }
}
