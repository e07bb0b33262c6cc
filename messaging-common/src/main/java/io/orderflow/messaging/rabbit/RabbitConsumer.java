package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessagingException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a buffer that the broker fills ahead, on one channel of its own. Deliveries are numbered by the channel and
 * can be acknowledged on it alone: once it is lost, what came over it is worth nothing, and the broker gives it out again.
 */
final class RabbitConsumer implements MessageConsumer<String, byte[]> {

    /** RabbitMQ 3.x shuffles what is given back in larger pieces. */
    private static final int GIVEN_BACK_IN_ORDER = 32;

    private final RabbitConnections connections;
    private final RabbitTopology topology;
    private final String group;
    private final int maxPollMessages;
    private final BlockingQueue<Arrival> buffer = new LinkedBlockingQueue<>();
    private final List<Receiver> receivers = new ArrayList<>();
    private volatile @Nullable String lost;
    private volatile long received;
    private @Nullable Channel channel;
    private long polled;
    private long committed;
    private long renewed;

    RabbitConsumer(RabbitConnections connections, RabbitTopology topology, String group, int maxPollMessages) {
        this.connections = connections;
        this.topology = topology;
        this.group = group;
        this.maxPollMessages = maxPollMessages;
    }

    @Override
    public void subscribe(List<String> topics) {
        topics.forEach(topic -> topology.declare(topic, List.of(group)));
        Channel opened = connections.openForConsuming();
        channel = opened;
        try {
            opened.addShutdownListener(cause -> lose("the channel was closed: " + RabbitFailures.reason(cause)));
            for (String topic : topics) {
                consume(opened, topic);
            }
        } catch (IOException | ShutdownSignalException e) {
            throw RabbitFailures.failure("Group '" + group + "' could not subscribe to " + topics + " on RabbitMQ", e);
        }
    }

    private void consume(Channel on, String topic) throws IOException {
        String queue = RabbitTopology.queue(topic, group);
        Receiver receiver = new Receiver(on, topic, queue);
        on.basicQos(prefetch());
        on.basicConsume(queue, false, receiver);
        receivers.add(receiver);
    }

    /**
     * The broker gives a consumer no more than so many uncommitted messages. Whoever polls on without a commit gets them
     * through a new consumer on the same channel; the old one's stay acknowledgeable.
     */
    private void goOnWithoutCommit() throws IOException, InterruptedException {
        if (channel != null && buffer.isEmpty() && received - Math.max(committed, renewed) >= prefetch()) {
            renewed = received;
            List<Receiver> full = List.copyOf(receivers);
            receivers.clear();
            for (Receiver receiver : full) {
                receiver.stop();
                consume(channel, receiver.topic);
            }
        }
    }

    /** A poll's worth in hand and one on its way: the broker never waits for a commit, and a crash costs few. */
    private int prefetch() {
        return (int) Math.min(2L * maxPollMessages, 0xFFFF);
    }

    @Override
    public List<Delivery<String, byte[]>> poll(Duration timeout) {
        List<Arrival> arrivals = new ArrayList<>();
        try {
            goOnWithoutCommit();
            Arrival first = buffer.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                arrivals.add(first);
                buffer.drainTo(arrivals, maxPollMessages - 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MessagingException("Interrupted while polling RabbitMQ.", e);
        } catch (IOException | ShutdownSignalException e) {
            throw RabbitFailures.failure("Group '" + group + "' could not go on reading from RabbitMQ", e);
        }
        if (lost != null) {
            throw new MessagingException(
                    "Group '" + group + "' lost its place on RabbitMQ: " + lost
                            + ". What was not committed comes again to the next member.",
                    null);
        }
        if (arrivals.isEmpty()) {
            return List.of();
        }
        polled = arrivals.get(arrivals.size() - 1).tag();
        return arrivals.stream().map(Arrival::delivery).toList();
    }

    @Override
    public void commit() {
        if (polled == committed || channel == null) {
            return;
        }
        try {
            channel.basicAck(polled, true);
            channel.basicQos(prefetch()); // an acknowledgement has no answer; this has, and comes after it
            committed = polled;
        } catch (IOException | ShutdownSignalException e) {
            throw RabbitFailures.failure("Group '" + group + "' could not commit on RabbitMQ", e);
        }
    }

    @Override
    public void close() {
        if (channel == null) {
            return;
        }
        try {
            giveBack(channel);
        } catch (IOException | ShutdownSignalException e) {
            // a lost channel gives back by being lost
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            RabbitFailures.abandon(channel);
        }
    }

    /**
     * Closing the channel gives back as well, but a moment later, when the next member may already have been given what
     * lies behind.
     */
    private void giveBack(Channel channel) throws IOException, InterruptedException {
        for (Receiver receiver : receivers) {
            receiver.stop();
        }
        for (long last = committed; last < received; ) {
            last = Math.min(last + GIVEN_BACK_IN_ORDER, received);
            channel.basicNack(last, true, true);
        }
    }

    private void lose(String reason) {
        lost = reason;
        buffer.add(Arrival.NONE);
    }

    /** A message as the client's thread received it, not yet looked at. */
    private record Arrival(String topic, String queue, Envelope envelope, BasicProperties properties, byte[] body) {

        /** Wakes a poll up that has nothing to wait for any more. */
        static final Arrival NONE =
                new Arrival("", "", new Envelope(0, false, "", ""), new BasicProperties(), new byte[0]);

        long tag() {
            return envelope.getDeliveryTag();
        }

        Delivery<String, byte[]> delivery() {
            Message<String, byte[]> message =
                    RabbitMapping.incoming(envelope.getRoutingKey(), properties, body, Instant.now());
            return new Delivery<>(topic, message, queue + "#" + tag());
        }
    }

    private final class Receiver extends DefaultConsumer {

        private final String topic;
        private final String queue;
        private final CountDownLatch stopped = new CountDownLatch(1);

        Receiver(Channel channel, String topic, String queue) {
            super(channel);
            this.topic = topic;
            this.queue = queue;
        }

        /** Returns once all that the broker gave it is in the buffer. */
        void stop() throws IOException, InterruptedException {
            getChannel().basicCancel(getConsumerTag());
            stopped.await(RabbitConnections.RPC_MILLIS, TimeUnit.MILLISECONDS);
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body) {
            received = envelope.getDeliveryTag();
            buffer.add(new Arrival(topic, queue, envelope, properties, body));
        }

        @Override
        public void handleCancelOk(String tag) {
            stopped.countDown();
        }

        @Override
        public void handleCancel(String tag) {
            lose("queue '" + queue + "' was deleted or has moved");
        }
    }
}
