package io.orderflow.messaging.rabbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.Combinations;
import io.orderflow.messaging.Combinations.TopicAndGroup;
import io.orderflow.messaging.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RabbitNamesTest {

    /** Each topic both as a keyed topic and as a work queue, as either may exist. */
    @Test
    void no_queue_belongs_to_two_groups_or_partitions() {
        Combinations.assertDistinct(each -> Stream.concat(
                queues(Topic.named(each.topic()).asWorkQueue(), each.group()),
                Stream.concat(
                        queues(Topic.named(each.topic()), each.group()),
                        Stream.concat(
                                queues(Topic.named(Topic.retryOf(each.topic(), each.group())), each.group()),
                                queues(
                                        Topic.named(Topic.deadLettersOf(each.topic(), each.group())),
                                        "dead-letters")))));
    }

    /** RabbitMQ would refuse the second one, as it has another type. */
    @Test
    void no_exchange_belongs_to_two_topics() {
        Map<String, String> owners = new HashMap<>();
        Combinations.all().stream().map(TopicAndGroup::topic).distinct().forEach(topic -> {
            put(owners, "topic " + topic, topic);
            put(owners, "other " + RabbitTopology.groupsExchange(topic), topic);
            put(owners, "other " + RabbitTopology.unpartitionedExchange(topic, 6), topic);
            put(owners, "other " + GroupStart.marker(topic), topic);
        });
    }

    private static void put(Map<String, String> owners, String exchange, String topic) {
        assertThat(owners.put(exchange, topic)).as(exchange).isNull();
    }

    private static Stream<String> queues(Topic topic, String group) {
        return RabbitQueue.of(topic, group).stream().map(RabbitQueue::name);
    }
}
