package io.orderflow.messaging.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.Combinations;
import io.orderflow.messaging.Combinations.TopicAndGroup;
import io.orderflow.messaging.Topic;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RedisNamesTest {

    @Test
    void no_key_belongs_to_two_groups() {
        Combinations.assertDistinct(each -> {
            RedisTopic keys = new RedisTopic(Topic.named(each.topic()));
            return Stream.of(keys.members(each.group()), keys.owners(each.group()));
        });
    }

    @Test
    void no_stream_belongs_to_two_topics_or_partitions() {
        Set<String> seen = new HashSet<>();
        Combinations.all().stream()
                .flatMap(RedisNamesTest::topics)
                .distinct()
                .flatMap(topic -> new RedisTopic(Topic.named(topic)).streams().stream())
                .forEach(stream -> assertThat(seen.add(stream)).as(stream).isTrue());
    }

    private static Stream<String> topics(TopicAndGroup each) {
        return Stream.of(
                each.topic(),
                Topic.retryOf(each.topic(), each.group()),
                Topic.deadLettersOf(each.topic(), each.group()));
    }
}
