package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.AMQP.Basic;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Command;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.adapter.PrefetchBuffer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A consumer of one queue, on a channel of its own, with a prefetch buffer. Delivery tags are valid on that channel alone:
 * once it is closed, the broker requeues what was not acknowledged, in order and ahead of the rest.
 */
final class QueueConsumer {

    /**
     * The prefetch of a partition, and so the largest number of its messages that are polled without a commit. It is the same
     * for every member: RabbitMQ requeues behind what was requeued before, so the next consumer has to be able to receive all
     * of it at once; and from 4.0 on it prefers, among waiting consumers, the one with the larger prefetch.
     */
    static final int PARTITION_PREFETCH = 1_000;

    /** Per queue, and a member consumes a queue per partition. RabbitMQ limits prefetch by messages only. */
    static final int BUFFER_BYTES = 8 * 1024 * 1024;

    private final RabbitConnections connections;
    private final RabbitQueue queue;
    private final int prefetch;
    private final WakeUpSignal wakeUp;
    private final Channel channel;
    private final PrefetchBuffer<FetchedMessage> buffer = new PrefetchBuffer<>(BUFFER_BYTES, FetchedMessage::bytes);
    private volatile boolean closing;
    private long polledTag;
    private long committedTag;

    private QueueConsumer(RabbitConnections connections, RabbitQueue queue, int prefetch, WakeUpSignal wakeUp) {
        this.connections = connections;
        this.queue = queue;
        this.prefetch = queue.singleActive() ? PARTITION_PREFETCH : prefetch;
        this.wakeUp = wakeUp;
        this.channel = connections.openForConsuming();
    }

    /**
     * Subscribes to the queue, behind the consumers that it has already.
     *
     * @param prefetch of a work queue
     */
    static QueueConsumer start(RabbitConnections connections, RabbitQueue queue, int prefetch, WakeUpSignal wakeUp)
            throws IOException {
        QueueConsumer consumer = new QueueConsumer(connections, queue, prefetch, wakeUp);
        try {
            consumer.consume();
            return consumer;
        } catch (IOException | RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private void consume() throws IOException {
        channel.addShutdownListener(cause -> fail("the channel was closed: " + RabbitFailures.reason(cause)));
        channel.basicQos(prefetch);
        channel.basicConsume(
                queue.name(),
                false,
                (tag, delivery) -> {
                    buffer.add(new FetchedMessage(delivery, System.nanoTime()));
                    wakeUp.signal();
                },
                tag -> fail("queue '" + queue.name() + "' was deleted or has moved"));
    }

    private void fail(String reason) {
        if (!closing) {
            wakeUp.fail(reason);
        }
    }

    RabbitQueue queue() {
        return queue;
    }

    void drainTo(List<Delivery<String, byte[]>> target, int max) {
        for (FetchedMessage message : buffer.take(max)) {
            polledTag = message.tag();
            target.add(new Delivery<>(
                    queue.topic().name(), message.decode(Instant.now()), queue.name() + "#" + polledTag, false));
        }
    }

    /** Whether everything polled is committed, so that closing causes no redelivery of it. */
    boolean isCommitted() {
        return polledTag == committedTag;
    }

    /** Whether the queue has to be consumed anew: only dropped messages are left, or the oldest one has waited too long. */
    boolean isExhausted(Duration maxAge) {
        FetchedMessage oldest = buffer.peek();
        return oldest == null ? buffer.hasDropped() : oldest.isOlderThan(maxAge);
    }

    boolean hasDropped() {
        return buffer.hasDropped();
    }

    /** Requeues what was not committed and subscribes again, to a work queue with the prefetch that the buffer had room for. */
    QueueConsumer restart() throws IOException {
        close();
        return start(connections, queue, buffer.hasDropped() ? buffer.accepted() : prefetch, wakeUp);
    }

    /**
     * Acknowledges what was polled. An acknowledgement has no answer; {@code basic.qos}, sent after it, has.
     *
     * @return the answer; null if there was nothing to commit
     */
    @Nullable
    CompletableFuture<Command> commit() throws IOException {
        if (isCommitted()) {
            return null;
        }
        channel.basicAck(polledTag, true);
        committedTag = polledTag;
        return channel.asyncCompletableRpc(
                new Basic.Qos.Builder().prefetchCount(prefetch).build());
    }

    /**
     * Closing the channel requeues everything at once and in order. Cancelling the consumer would not: messages in transit
     * would return ahead of older ones.
     */
    void close() {
        closing = true;
        RabbitFailures.close(channel);
    }
}
