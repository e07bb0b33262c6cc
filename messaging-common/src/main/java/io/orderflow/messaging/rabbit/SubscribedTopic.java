package io.orderflow.messaging.rabbit;

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

/** One topic as one member of a group reads it: a place in the line for each of its queues. */
final class SubscribedTopic {

    private final RabbitConnections connections;
    private final Topic topic;
    private final String group;
    private final int prefetch;
    private final Doorbell bell;
    private final GroupView view;
    private final List<QueueReader> readers = new ArrayList<>();
    private @Nullable Membership membership;

    SubscribedTopic(RabbitConnections connections, Topic topic, String group, int prefetch, Doorbell bell) {
        this.connections = connections;
        this.topic = topic;
        this.group = group;
        this.prefetch = prefetch;
        this.bell = bell;
        this.view = new GroupView(UUID.randomUUID().toString(), topic.partitions(), InstantSource.system());
    }

    /** Queues up for all, and then tells the others. */
    void join(ScheduledExecutorService timer) throws IOException {
        for (RabbitQueue queue : RabbitQueue.of(topic, group)) {
            readers.add(QueueReader.open(connections, queue, prefetch, bell));
            view.queuedUp(queue.partition(), Map.of());
        }
        if (!topic.competing()) {
            membership = new Membership(connections, topic.name(), group, view, bell, timer);
            membership.join();
        }
    }

    List<QueueReader> readers() {
        return readers;
    }

    /**
     * Queues up again where somebody else should stand in front. What was polled is committed first; what was fetched and
     * not polled goes back, in its order.
     */
    void stepBehind() throws IOException {
        Membership joined = membership;
        if (joined == null) {
            return;
        }
        Set<Integer> due = joined.toStepBehind();
        boolean moved = false;
        for (QueueReader reader : List.copyOf(readers)) {
            int partition = reader.queue().partition();
            if (due.contains(partition) && reader.holdsNothing()) {
                Map<String, Long> line = view.line(partition);
                reader.close();
                readers.set(partition, QueueReader.open(connections, reader.queue(), prefetch, bell));
                view.queuedUp(partition, line);
                moved = true;
            }
        }
        if (moved) {
            joined.moved();
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
