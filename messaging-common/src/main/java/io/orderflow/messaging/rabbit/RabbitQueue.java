package io.orderflow.messaging.rabbit;

import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A queue of a group: one of its partitions of a keyed topic, or all there is of a competing one.
 *
 * @param singleActive whether the broker gives its messages to one consumer at a time, the others waiting in line
 */
record RabbitQueue(String topic, String group, String name, int partition, boolean singleActive) {

    /** AMQP's short strings. */
    private static final int NAME_BYTES = 255;

    RabbitQueue {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > NAME_BYTES) {
            throw new MessagingException(
                    "The names of topic '" + topic + "' and group '" + group
                            + "' are too long for RabbitMQ: the queue '"
                            + name + "' would have a name of " + bytes + " bytes, and " + NAME_BYTES
                            + " are allowed. Shorten one of them.",
                    null);
        }
    }

    /** The queues of a group, by partition. */
    static List<RabbitQueue> of(Topic topic, String group) {
        String name = Topic.groupOf(topic.name(), group);
        return topic.competing()
                ? List.of(new RabbitQueue(topic.name(), group, name, 0, false))
                : IntStream.range(0, topic.partitions())
                        .mapToObj(n -> new RabbitQueue(topic.name(), group, name + "." + n, n, true))
                        .toList();
    }
}
