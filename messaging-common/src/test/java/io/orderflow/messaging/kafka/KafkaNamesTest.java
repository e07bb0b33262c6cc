package io.orderflow.messaging.kafka;

import io.orderflow.messaging.Combinations;
import io.orderflow.messaging.Topic;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KafkaNamesTest {

    @Test
    void each_group_of_each_topic_is_a_consumer_group_of_its_own_and_so_are_the_readers_of_its_dead_letters() {
        Combinations.assertDistinct(each -> Stream.of(
                KafkaBroker.groupId(Topic.named(each.topic()), each.group()),
                KafkaBroker.groupId(Topic.named(Topic.deadLettersOf(each.topic(), each.group())), "dead-letters")));
    }
}
