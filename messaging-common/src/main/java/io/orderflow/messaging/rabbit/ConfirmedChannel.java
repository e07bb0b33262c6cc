package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ShutdownSignalException;
import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.rabbit.RabbitMapping.Outgoing;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A channel on which the broker confirms every message. Threads take turns to publish a batch, and wait for the
 * confirms of their batches side by side.
 */
final class ConfirmedChannel {

    private final Channel channel;
    private final NavigableMap<Long, UnconfirmedBatch> unconfirmed = new ConcurrentSkipListMap<>();

    ConfirmedChannel(Channel channel) throws IOException {
        this.channel = channel;
        channel.addConfirmListener(this::confirmed, this::refused);
        channel.addReturnListener(this::returned);
        channel.addShutdownListener(this::lost);
        channel.confirmSelect();
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /**
     * Publishes messages in this order.
     *
     * @return what to wait on; forget it afterwards
     */
    synchronized UnconfirmedBatch publish(String topic, List<Outgoing> messages, RabbitConnections connections)
            throws IOException {
        int frameMax = channel.getConnection().getFrameMax();
        for (Outgoing message : messages) {
            message.requireHeadersWithin(frameMax);
        }
        UnconfirmedBatch batch = new UnconfirmedBatch(topic, channel.getNextPublishSeqNo(), messages.size());
        unconfirmed.put(batch.first(), batch);
        try {
            for (Outgoing message : messages) {
                connections.requireNotBlocked();
                channel.basicPublish(topic, message.routingKey(), true, message.properties(), message.body());
            }
            return batch;
        } catch (IOException | RuntimeException e) {
            forget(batch);
            throw e;
        }
    }

    void forget(UnconfirmedBatch batch) {
        unconfirmed.remove(batch.first());
    }

    void close() {
        RabbitFailures.abandon(channel);
    }

    private void confirmed(long number, boolean allUpToIt) {
        reached(number, allUpToIt).forEach(batch -> batch.confirm(number, allUpToIt));
    }

    private void refused(long number, boolean allUpToIt) {
        reached(number, allUpToIt)
                .forEach(batch -> batch.fail(new MessagingException(
                        "RabbitMQ refused a message to topic '" + batch.topic()
                                + "': a queue of it is full, or has no leader at present.",
                        null)));
    }

    private Collection<UnconfirmedBatch> reached(long number, boolean allUpToIt) {
        if (allUpToIt) {
            return unconfirmed.headMap(number, true).values();
        }
        var batch = unconfirmed.floorEntry(number);
        return batch == null ? List.of() : List.of(batch.getValue());
    }

    /**
     * A return does not tell which message it was, and the confirm that follows tells nothing of the return. So whatever
     * is under way to that topic counts as not accepted.
     */
    private void returned(Return returned) {
        String topic = returned.getExchange();
        unconfirmed.values().stream()
                .filter(batch -> batch.topic().equals(topic))
                .forEach(batch -> batch.fail(new TopicMissingException(
                        "RabbitMQ has no queue for topic '" + topic + "' (" + returned.getReplyText()
                                + "): no group of it is declared. Declare its groups"
                                + " (messaging.topics." + topic + ".groups) or start a service that reads it.",
                        null)));
    }

    private void lost(ShutdownSignalException cause) {
        String reason = RabbitFailures.reason(cause);
        unconfirmed.values().forEach(batch -> {
            String what = "RabbitMQ closed the channel with messages to topic '" + batch.topic() + "' unconfirmed: ";
            batch.fail(
                    switch (RabbitFailures.code(cause)) {
                        case AMQP.NOT_FOUND -> new TopicMissingException(what + reason, cause);
                        case AMQP.PRECONDITION_FAILED -> new MessageRejectedException(what + reason, cause);
                        default -> new MessagingException(what + reason, cause);
                    });
        });
    }
}
