package io.orderflow.messaging.testkit.conformance;

import io.orderflow.messaging.Topic;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/** Deletes what a test's topics left on RabbitMQ. */
final class RabbitTopics {

    private RabbitTopics() {}

    /** Deletes the exchanges of a topic and the queues of one of its groups; what does not exist is ignored. */
    static void delete(ConnectionFactory connections, Topic topic, String group) {
        RabbitAdmin admin = new RabbitAdmin(connections);
        String queues = topic.name() + "." + group + ".";
        IntStream.range(0, topic.partitions()).forEach(partition -> admin.deleteQueue(queues + partition));
        Stream.of("", ".groups", ".unpartitioned-of-" + topic.partitions(), "." + group + ".members")
                .forEach(suffix -> admin.deleteExchange(topic.name() + suffix));
    }
}
