package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.rabbit.RabbitMapping.Outgoing;
import java.io.IOException;
import java.util.List;

/**
 * A channel on which the broker confirms every message. Threads take turns to publish a batch, and wait for the
 * confirms of their batches side by side.
 */
final class ConfirmedChannel {

    private final Channel channel;
    private final UnconfirmedBatches unconfirmed = new UnconfirmedBatches();

    ConfirmedChannel(Channel channel) throws IOException {
        this.channel = channel;
        channel.addConfirmListener(unconfirmed::confirmed, unconfirmed::refused);
        channel.addReturnListener(back -> unconfirmed.returned(back.getExchange(), back.getReplyText()));
        channel.addShutdownListener(unconfirmed::lost);
        channel.confirmSelect();
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** Publishes messages in this order, and returns what to wait on. */
    synchronized UnconfirmedBatch publish(String topic, List<Outgoing> messages, RabbitConnections connections)
            throws IOException {
        int frameMax = channel.getConnection().getFrameMax();
        for (Outgoing message : messages) {
            message.requireHeadersWithin(frameMax);
        }
        UnconfirmedBatch batch = unconfirmed.begin(topic, channel.getNextPublishSeqNo(), messages.size());
        int published = 0;
        try {
            for (Outgoing message : messages) {
                connections.requireNotBlocked();
                channel.basicPublish(topic, message.routingKey(), true, message.properties(), message.body());
                published++;
            }
        } catch (ShutdownSignalException e) {
            unconfirmed.lost(batch, e); // it may be closed because of this very batch: whoever waits for it is told
        } catch (MessagingException e) {
            unconfirmed.endAfter(batch, published);
            throw e;
        } catch (IOException | RuntimeException e) {
            close(); // the client has counted a message that the broker never got: later confirms would be misread
            throw e;
        }
        return batch;
    }

    void close() {
        RabbitFailures.abandon(channel);
    }
}
