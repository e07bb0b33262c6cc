package io.orderflow.messaging.redis;

import io.orderflow.messaging.Topic;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the streams of a topic are called. That of its first partition has the topic's name, so that whoever knows nothing
 * of partitions may add to it; the others are called {@code orders:1} and so on, which no topic is. A work queue has one.
 */
final class Streams {

    private static final char SEPARATOR = ':';

    private Streams() {}

    static int number(Topic topic) {
        return topic.competing() ? 1 : topic.partitions();
    }

    static String name(String topic, int partition) {
        return partition == 0 ? topic : topic + SEPARATOR + partition;
    }

    static List<String> of(Topic topic) {
        return IntStream.range(0, number(topic))
                .mapToObj(partition -> name(topic.name(), partition))
                .toList();
    }

    static String topic(String stream) {
        int end = stream.indexOf(SEPARATOR);
        return end < 0 ? stream : stream.substring(0, end);
    }
}
