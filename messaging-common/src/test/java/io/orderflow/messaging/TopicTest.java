package io.orderflow.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.Combinations.TopicAndGroup;
import io.orderflow.messaging.handling.Subscription;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTest {

    /** Groups on topics that may have each name would be one group on every broker: each would miss half of its messages. */
    @ParameterizedTest
    @ValueSource(strings = {"eu.inventory", "retry", "dlq", "0", "42", "", "a:b", "a b", "größe"})
    void a_group_whose_name_could_be_anothers_is_refused_and_the_property_is_named(String group) {
        assertThatThrownBy(() -> new Subscription("orders", group, 1, ConsumerOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'" + group + "'", "topic 'orders'", "messaging.topics.orders.groups");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inventory", "eu-inventory", "eu_inventory", "3pl", "dead-letters", "Retry"})
    void other_groups_are_accepted(String group) {
        assertThatCode(() -> new Subscription("orders", group, 1, ConsumerOptions.defaults()))
                .doesNotThrowAnyException();
    }

    @Test
    void nobody_subscribes_to_the_retries_of_a_group() {
        assertThatThrownBy(() -> new Subscription("orders.inventory.retry", "audit", 1, ConsumerOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("orders.inventory.retry");
    }

    @Test
    void each_group_of_each_topic_has_retries_and_dead_letters_of_its_own() {
        Combinations.assertDistinct(each -> Stream.of(
                Topic.groupOf(each.topic(), each.group()),
                Topic.retryOf(each.topic(), each.group()),
                Topic.deadLettersOf(each.topic(), each.group())));
    }

    @Test
    void retries_and_dead_letters_have_their_origin_in_the_topic_of_the_group() {
        assertThat(Combinations.all())
                .allMatch(each -> Topic.named(each.topic()).origin().equals(each.topic()))
                .allMatch(each -> Topic.named(Topic.retryOf(each.topic(), each.group()))
                        .origin()
                        .equals(each.topic()))
                .allMatch(each -> Topic.named(Topic.deadLettersOf(each.topic(), each.group()))
                        .origin()
                        .equals(each.topic()));
    }

    @Test
    void no_topic_that_is_subscribed_to_holds_retries_or_dead_letters() {
        var subscribed = Combinations.all().stream().map(TopicAndGroup::topic).collect(Collectors.toSet());

        assertThat(Combinations.all())
                .noneMatch(each -> subscribed.contains(Topic.retryOf(each.topic(), each.group()))
                        || subscribed.contains(Topic.deadLettersOf(each.topic(), each.group())));
    }
}
