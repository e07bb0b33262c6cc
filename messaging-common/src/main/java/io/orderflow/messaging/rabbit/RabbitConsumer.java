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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a buffer that the broker fills ahead, on one channel of its own. Deliveries are numbered by the channel and
 * can be acknowledged on it alone: once it is lost, what came over it is worth nothing, and the broker gives it out again.
 */
final class RabbitConsumer implements MessageConsumer<String, byte[]> {

    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(2);

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
    private int consumers;

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
        on.basicConsume(queue, false, "reader-%06d".formatted(++consumers), receiver);
        receivers.add(receiver);
    }

    /**
     * The broker gives a consumer no more than so many uncommitted messages. Whoever polls on without a commit gets them
     * through a new consumer on the same channel; the old one's stay acknowledgeable. Names ascend, because it is in the
     * order of their names that RabbitMQ 3.x gives back what several consumers held.
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

    /**
     * Closing the channel gives all of it back at once and in order. To cancel and to give back message by message would
     * not: what the broker had just sent returns by itself then, ahead of what came before it.
     */
    @Override
    public void close() {
        Channel leaving = channel;
        if (leaving == null) {
            return;
        }
        try {
            Map<String, Long> members = members(leaving);
            leaving.close();
            awaitFewer(members);
        } catch (IOException | TimeoutException | ShutdownSignalException | MessagingException e) {
            // a lost channel gives back by being lost
        } finally {
            RabbitFailures.abandon(leaving);
        }
    }

    private Map<String, Long> members(Channel on) throws IOException {
        Map<String, Long> members = new HashMap<>();
        for (Receiver receiver : receivers) {
            members.put(receiver.queue, on.consumerCount(receiver.queue));
        }
        return members;
    }

    /**
     * The queue notices a moment after the channel was closed, when the next member could already have been given what
     * lies behind. Where another one joins in this moment, the wait is for nothing, and short.
     */
    private void awaitFewer(Map<String, Long> members) throws IOException {
        if (members.isEmpty()) {
            return;
        }
        long deadline = System.nanoTime() + NOTICED_WITHIN.toNanos();
        Channel asking = connections.openForConsuming();
        try {
            for (var queue : members.entrySet()) {
                while (asking.consumerCount(queue.getKey()) >= queue.getValue() && System.nanoTime() < deadline) {
                    Thread.onSpinWait(); // each question is a round trip
                }
            }
        } finally {
            RabbitFailures.abandon(asking);
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
