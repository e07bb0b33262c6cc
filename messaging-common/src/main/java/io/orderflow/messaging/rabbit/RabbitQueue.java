package io.orderflow.messaging.rabbit;

import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.util.List;
import java.util.stream.IntStream;

/** A queue of a group: one of a keyed topic's partitions, or the only one of a work queue. */
record RabbitQueue(Topic topic, String group, String name, int partition) {

    /** @throws MessagingException if the name is too long for RabbitMQ */
    RabbitQueue {
        RabbitBroker.LIMITS.requireName(name, topic, group);
    }

    /** The queues of a group, by partition. */
    static List<RabbitQueue> of(Topic topic, String group) {
        String name = Topic.groupOf(topic.name(), group);
        return topic.competing()
                ? List.of(new RabbitQueue(topic, group, name, 0))
                : IntStream.range(0, topic.partitions())
                        .mapToObj(n -> new RabbitQueue(topic, group, name + "." + n, n))
                        .toList();
    }

    /** Whether the broker delivers to one of its consumers at a time. */
    boolean singleActive() {
        return !topic.competing();
    }
}
