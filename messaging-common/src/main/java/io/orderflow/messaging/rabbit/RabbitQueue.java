package io.orderflow.messaging.rabbit;

import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** A queue of a group: one of a keyed topic's partitions, or the only one of a work queue. */
record RabbitQueue(Topic topic, String group, String name, int partition) {

    /** AMQP's short string. */
    private static final int MAX_NAME_BYTES = 255;

    RabbitQueue {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_NAME_BYTES) {
            throw new MessagingException(
                    "The names of topic '" + topic.name() + "' and group '" + group
                            + "' are too long for RabbitMQ: queue '"
                            + name + "' would have a name of " + bytes + " bytes, and " + MAX_NAME_BYTES
                            + " are allowed. Shorten one of them.",
                    null);
        }
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
