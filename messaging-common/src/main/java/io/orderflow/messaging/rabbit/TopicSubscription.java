package io.orderflow.messaging.rabbit;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.rabbit.GroupView.Predecessor;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A member's consumers of one topic: one for each queue. Of a partition, RabbitMQ activates one of the group's consumers. */
final class TopicSubscription {

    private static final Logger log = LoggerFactory.getLogger(TopicSubscription.class);
    private static final int MAX_PREFETCH = 0xFFFF;

    private final RabbitConnections connections;
    private final Topic topic;
    private final String group;
    private final ConsumerOptions options;
    private final WakeUpSignal wakeUp;
    private final GroupView view;
    private final List<QueueConsumer> consumers = new ArrayList<>();
    private @Nullable Membership membership;
    private boolean overflowReported;

    TopicSubscription(
            RabbitConnections connections, Topic topic, String group, ConsumerOptions options, WakeUpSignal wakeUp) {
        this.connections = connections;
        this.topic = topic;
        this.group = group;
        this.options = options;
        this.wakeUp = wakeUp;
        this.view = new GroupView(UUID.randomUUID().toString(), topic.partitions(), InstantSource.system());
    }

    /** Subscribes to all queues, and starts to send heartbeats to the other members if they share partitions. */
    void start(ScheduledExecutorService timer) throws IOException {
        for (RabbitQueue queue : RabbitQueue.of(topic, group)) {
            consumers.add(QueueConsumer.start(connections, queue, workQueuePrefetch(), wakeUp));
            view.subscribed(queue.partition(), null);
        }
        if (!topic.competing()) {
            membership = new Membership(connections, topic.name() + "." + group + ".members", view, wakeUp, timer);
            membership.join();
        }
    }

    /** One poll in flight and one on its way: the broker never waits for a commit, and a crash redelivers few messages. */
    private int workQueuePrefetch() {
        return (int) Math.min(2L * options.maxPollMessages(), MAX_PREFETCH);
    }

    List<QueueConsumer> consumers() {
        return consumers;
    }

    /**
     * Subscribes again where another member owns the partition, to yield it, and where the prefetch buffer is exhausted. A
     * partition is not yielded before everything polled from it is committed.
     */
    void resubscribe() throws IOException {
        Map<Integer, Predecessor> yields = membership == null ? Map.of() : membership.partitionsToYield();
        boolean changed = false;
        for (QueueConsumer consumer : List.copyOf(consumers)) {
            int partition = consumer.queue().partition();
            boolean due = yields.containsKey(partition) || consumer.isExhausted(options.pollHandling());
            if (due && consumer.isCommitted()) {
                reportOverflow(consumer);
                consumers.set(partition, consumer.restart());
                view.subscribed(partition, yields.get(partition));
                changed = true;
            }
        }
        if (changed && membership != null) {
            membership.resubscribed();
        }
    }

    private void reportOverflow(QueueConsumer consumer) {
        if (consumer.hasDropped() && !overflowReported) {
            overflowReported = true;
            log.info(
                    "RabbitMQ: more than {} MB of queue '{}' were prefetched. Messages beyond that are fetched again, in order,"
                            + " after the others are handled. Send large payloads by reference, or use a work queue.",
                    QueueConsumer.BUFFER_BYTES >> 20,
                    consumer.queue().name());
        }
    }

    /** Unsubscribes; what is not committed is requeued. */
    void close() {
        consumers.forEach(QueueConsumer::close);
        if (membership != null) {
            membership.leave();
        }
    }
}
