package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.Channel;
import io.orderflow.messaging.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A channel in confirm mode. It carries one batch at a time, so that every confirm, return and close of the channel belongs
 * to that batch. For one thread at a time.
 */
final class ConfirmedChannel {

    private final Channel channel;
    private volatile @Nullable String returned;
    private boolean nacked;

    ConfirmedChannel(Channel channel) throws IOException {
        this.channel = channel;
        channel.addReturnListener(message -> returned = message.getReplyText());
        channel.confirmSelect();
    }

    /** Publishes a batch in its order; {@link #awaitConfirms} has to follow. A broadcast may have no receiver. */
    void publish(Topic topic, List<OutgoingMessage> batch, RabbitConnections connections) throws IOException {
        returned = null;
        int frameMax = channel.getConnection().getFrameMax();
        for (OutgoingMessage message : batch) {
            message.requireHeadersWithin(frameMax);
        }
        for (OutgoingMessage message : batch) {
            connections.requireNotBlocked();
            channel.basicPublish(
                    topic.name(), message.routingKey(), !topic.isBroadcast(), message.properties(), message.body());
        }
    }

    /** Returns once the broker has answered every message of the batch. */
    void awaitConfirms(Duration timeout) throws TimeoutException, InterruptedException {
        nacked = !channel.waitForConfirms(Math.max(1, timeout.toMillis())); // 0 would wait without a limit
    }

    /** Why a message of the batch was returned as unroutable; null if none was. */
    @Nullable
    String returned() {
        return returned;
    }

    /** Whether a queue refused a message of the batch. */
    boolean nacked() {
        return nacked;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    void close() {
        RabbitFailures.close(channel);
    }
}
