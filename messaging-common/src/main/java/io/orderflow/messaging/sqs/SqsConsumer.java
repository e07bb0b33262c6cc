package io.orderflow.messaging.sqs;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Waits for messages of its first topic, in whole seconds, and polls the queues of others about once a second meanwhile. */
final class SqsConsumer implements MessageConsumer<String, byte[]> {

    private static final Duration LEAVING = Duration.ofSeconds(2);

    private final AwsClients aws;
    private final SqsTopology topology;
    private final String group;
    private final ConsumerOptions options;
    private final List<GroupQueue> queues = new ArrayList<>();

    SqsConsumer(AwsClients aws, SqsTopology topology, String group, ConsumerOptions options) {
        this.aws = aws;
        this.topology = topology;
        this.group = group;
        this.options = options;
    }

    @Override
    public void subscribe(List<Topic> topics) {
        Duration visibility =
                Duration.ofSeconds(Math.max(1, options.memberTimeout().toSeconds()));
        for (Topic topic : topics) {
            topology.requireStart(topic, group, options.startOn(topic));
            queues.add(new GroupQueue(aws.sqs(), topic.name(), topology.declare(topic, group), visibility));
        }
    }

    @Override
    public List<Delivery<String, byte[]>> poll(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<Delivery<String, byte[]>> polled = new ArrayList<>();
        do {
            keepAlive();
            for (int i = queues.size() - 1; i >= 0; i--) {
                receive(queues.get(i), i == 0 ? waitSeconds(deadline - System.nanoTime()) : 0, polled);
            }
        } while (polled.isEmpty() && System.nanoTime() < deadline);
        return polled;
    }

    private int waitSeconds(long nanos) {
        long most = queues.size() == 1 ? AwsClients.MAX_WAIT_SECONDS : 1;
        return (int) Math.max(1, Math.min(most, TimeUnit.NANOSECONDS.toSeconds(nanos)));
    }

    /** Receives until the queue has no more messages or the poll is full. Waits for the first message of the poll only. */
    private void receive(GroupQueue queue, int waitSeconds, List<Delivery<String, byte[]>> polled) {
        List<Delivery<String, byte[]>> received = List.of();
        do {
            int most = options.maxPollMessages() - polled.size();
            received = most == 0 ? List.of() : queue.receive(most, polled.isEmpty() ? waitSeconds : 0);
            polled.addAll(received);
        } while (received.size() == GroupQueue.BATCH);
    }

    @Override
    public void keepAlive() {
        requireOpen();
        queues.forEach(GroupQueue::extendIfDue);
    }

    @Override
    public void commit() {
        requireOpen();
        queues.forEach(GroupQueue::commit);
    }

    private void requireOpen() {
        if (queues.isEmpty()) {
            throw new MessagingException("This member of group '" + group + "' is closed or has not subscribed.", null);
        }
    }

    @Override
    public void close() {
        try {
            queues.forEach(queue -> queue.release(LEAVING));
        } catch (MessagingException e) {
            // what is in flight is delivered again after its visibility time-out
        }
        queues.clear();
    }
}
