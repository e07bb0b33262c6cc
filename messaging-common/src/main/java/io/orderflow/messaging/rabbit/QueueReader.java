package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.AMQP.Basic;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Command;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessagingException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One place in the line for one queue: a buffer that the broker fills ahead, over a channel of its own. Deliveries are
 * numbered by the channel and can be acknowledged on it alone: once it is closed, what came over it is worth nothing, and
 * the broker gives it out again, in order and ahead of the rest.
 */
final class QueueReader {

    /**
     * So many messages of a partition are fetched ahead, and can be polled without a commit. It is the same for all members,
     * whatever they poll: RabbitMQ puts what comes back behind what came back before, and so it has to fit into the next
     * one's hands as a whole; and from 4.0 on it prefers, of those who wait, whoever takes more.
     */
    static final int WITHOUT_COMMIT = 1_000;

    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(2);

    private final RabbitConnections connections;
    private final RabbitQueue queue;
    private final int prefetch;
    private final WakeUpSignal bell;
    private final Channel channel;
    private final FetchedAhead buffer = new FetchedAhead();
    private @Nullable Receiver current;
    private int consumers;
    private volatile long received;
    private volatile boolean closing;
    private long polled;
    private long committed;
    private long renewed;

    private QueueReader(RabbitConnections connections, RabbitQueue queue, int prefetch, WakeUpSignal bell) {
        this.connections = connections;
        this.queue = queue;
        this.prefetch = queue.singleActive() ? WITHOUT_COMMIT : prefetch;
        this.bell = bell;
        this.channel = connections.openForConsuming();
    }

    /** Queues up behind whoever is there. */
    static QueueReader open(RabbitConnections connections, RabbitQueue queue, int prefetch, WakeUpSignal bell)
            throws IOException {
        QueueReader reader = new QueueReader(connections, queue, prefetch, bell);
        try {
            reader.start();
            return reader;
        } catch (IOException | RuntimeException e) {
            reader.abandon();
            throw e;
        }
    }

    private void start() throws IOException {
        channel.addShutdownListener(cause -> lose("the channel was closed: " + RabbitFailures.reason(cause)));
        current = consume();
    }

    /** Names ascend, because it is in the order of their names that RabbitMQ 3.x gives back what several consumers held. */
    private Receiver consume() throws IOException {
        Receiver receiver = new Receiver(channel);
        channel.basicQos(prefetch);
        channel.basicConsume(queue.name(), false, "reader-%06d".formatted(++consumers), receiver);
        return receiver;
    }

    RabbitQueue queue() {
        return queue;
    }

    /** Moves so many messages at most, in their order. */
    void drainTo(List<Delivery<String, byte[]>> target, int most) {
        List<Arrival> arrivals = buffer.take(most);
        if (!arrivals.isEmpty()) {
            polled = arrivals.get(arrivals.size() - 1).tag();
            arrivals.forEach(arrival -> target.add(arrival.delivery(queue)));
        }
    }

    /** Whether all that was polled is committed, so that the place can be given up without anything coming twice. */
    boolean holdsNothing() {
        return polled == committed;
    }

    /**
     * Whether the queue is to be read anew: the broker has sent more than there is room for, or the oldest message that was
     * fetched ahead has waited for so long.
     */
    boolean isSpent(Duration longest) {
        return buffer.isSpent(longest);
    }

    boolean hasDropped() {
        return buffer.hasDropped();
    }

    /** Fetches as much ahead as before, or of a competing topic, where no order rests on it, as many messages as fitted. */
    QueueReader openAnew() throws IOException {
        boolean fewer = buffer.hasDropped() && !queue.singleActive();
        return open(connections, queue, fewer ? buffer.kept() : prefetch, bell);
    }

    /**
     * The broker gives a consumer no more than so many uncommitted messages. Who polls on without a commit gets those of a
     * competing topic through a new consumer on the same channel; the old one's stay acknowledgeable. For a partition that
     * would let the next member in the line have what follows.
     */
    void goOnWithoutCommit() throws IOException, InterruptedException {
        Receiver full = current;
        if (full == null
                || queue.singleActive()
                || !buffer.isEmpty()
                || buffer.hasDropped()
                || received - Math.max(committed, renewed) < prefetch) {
            return;
        }
        renewed = received;
        full.stop();
        current = consume();
    }

    /** Acknowledges what was polled. An acknowledgement has no answer; what is returned has, and comes after it. */
    @Nullable
    CompletableFuture<Command> commit() throws IOException {
        if (holdsNothing()) {
            return null;
        }
        channel.basicAck(polled, true);
        committed = polled;
        return channel.asyncCompletableRpc(
                new Basic.Qos.Builder().prefetchCount(prefetch).build());
    }

    /**
     * Closing the channel gives all of it back at once and in order. To cancel and to give back message by message would
     * not: what the broker had just sent returns by itself then, ahead of what came before it.
     */
    void close() {
        closing = true;
        try {
            long members = queue.singleActive() ? 0 : channel.consumerCount(queue.name());
            channel.close();
            if (!queue.singleActive()) {
                awaitFewer(members);
            }
        } catch (IOException | TimeoutException | ShutdownSignalException | MessagingException e) {
            // a lost channel gives back by being lost
        } finally {
            abandon();
        }
    }

    /** The same without waiting for an answer that will not come. */
    void abandon() {
        closing = true;
        RabbitFailures.abandon(channel);
    }

    /**
     * The queue notices a moment after the channel was closed, when a competing member could already have been given what
     * lies behind. Where another one joins in this moment, the wait is for nothing, and short.
     */
    private void awaitFewer(long members) throws IOException {
        long deadline = System.nanoTime() + NOTICED_WITHIN.toNanos();
        Channel asking = connections.openForConsuming();
        try {
            while (asking.consumerCount(queue.name()) >= members && System.nanoTime() < deadline) {
                Thread.onSpinWait(); // each question is a round trip
            }
        } finally {
            RabbitFailures.abandon(asking);
        }
    }

    private void lose(String reason) {
        if (!closing) {
            bell.lose(reason);
        }
    }

    private final class Receiver extends DefaultConsumer {

        private final CountDownLatch stopped = new CountDownLatch(1);

        Receiver(Channel channel) {
            super(channel);
        }

        /** Returns once all that the broker gave it is in the buffer. */
        void stop() throws IOException, InterruptedException {
            getChannel().basicCancel(getConsumerTag());
            stopped.await(RabbitConnections.RPC_MILLIS, TimeUnit.MILLISECONDS);
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body) {
            received = envelope.getDeliveryTag();
            buffer.addOrDrop(new Arrival(envelope, properties, body, System.nanoTime()));
            bell.ring();
        }

        @Override
        public void handleCancelOk(String tag) {
            stopped.countDown();
        }

        @Override
        public void handleCancel(String tag) {
            lose("queue '" + queue.name() + "' was deleted or has moved");
        }
    }
}
