package io.orderflow.messaging.rabbit;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Topic;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One topic as one member of a group reads it: a place in the line for each of its queues. */
final class SubscribedTopic {

    private static final Logger log = LoggerFactory.getLogger(SubscribedTopic.class);

    private static final int MOST_PREFETCH = 0xFFFF;

    private final RabbitConnections connections;
    private final Topic topic;
    private final String group;
    private final ConsumerOptions options;
    private final WakeUpSignal bell;
    private final GroupView view;
    private final List<QueueReader> readers = new ArrayList<>();
    private @Nullable Membership membership;
    private boolean reported;

    SubscribedTopic(
            RabbitConnections connections, Topic topic, String group, ConsumerOptions options, WakeUpSignal bell) {
        this.connections = connections;
        this.topic = topic;
        this.group = group;
        this.options = options;
        this.bell = bell;
        this.view = new GroupView(UUID.randomUUID().toString(), topic.partitions(), InstantSource.system());
    }

    /** Queues up for all, and then tells the others. */
    void join(ScheduledExecutorService timer) throws IOException {
        for (RabbitQueue queue : RabbitQueue.of(topic, group)) {
            readers.add(QueueReader.open(connections, queue, prefetch(), bell));
            view.queuedUp(queue.partition(), Map.of());
        }
        if (!topic.competing()) {
            membership = new Membership(connections, topic.name(), group, view, bell, timer);
            membership.join();
        }
    }

    /** Of a competing topic, a poll in flight and one on its way: the broker never waits for a commit, and a crash costs few. */
    private int prefetch() {
        return (int) Math.min(2L * options.maxPollMessages(), MOST_PREFETCH);
    }

    List<QueueReader> readers() {
        return readers;
    }

    /**
     * Queues up again where somebody else should stand in front, and where what was fetched ahead is of no more use. What
     * was polled is committed first; what was fetched and not polled goes back, in its order.
     */
    void queueUpAnew() throws IOException {
        Set<Integer> due = membership == null ? Set.of() : membership.toStepBehind();
        boolean moved = false;
        for (QueueReader reader : List.copyOf(readers)) {
            int partition = reader.queue().partition();
            boolean spent = reader.isSpent(options.pollHandling());
            if ((spent || due.contains(partition)) && reader.holdsNothing()) {
                report(reader);
                Map<String, Long> line = view.line(partition);
                reader.close();
                readers.set(partition, reader.openAnew());
                view.queuedUp(partition, line);
                moved = true;
            }
        }
        if (moved && membership != null) {
            membership.moved();
        }
    }

    private void report(QueueReader reader) {
        if (reader.hasDropped() && !reported) {
            reported = true;
            log.info(
                    "RabbitMQ: more than {} MB of queue '{}' were fetched ahead; what is beyond is fetched again when the rest"
                            + " is handled, in its order. Send large payloads by reference, or on a work queue.",
                    FetchedAhead.MOST_BYTES >> 20,
                    reader.queue().name());
        }
    }

    /** Leaves all lines; what is not committed goes back. */
    void leave() {
        readers.forEach(QueueReader::close);
        if (membership != null) {
            membership.leave();
        }
    }
}
