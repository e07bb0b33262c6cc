package io.orderflow.messaging.testkit;

import static io.orderflow.messaging.testkit.Messages.numbers;
import static io.orderflow.messaging.testkit.Messages.text;
import static io.orderflow.messaging.testkit.Messages.textsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which messages each group and each member receives. */
interface DeliveryScenarios extends InScenario {

    @Test
    default void every_group_receives_every_message() {
        Scenario s = scenario();
        s.declare(s.group("a"), s.group("b"), s.group("c"));
        s.send("k", numbers(1, 20));

        for (String group : List.of("a", "b", "c")) {
            assertThat(textsOf(s.receiveAll(s.member(s.group(group)), 20))).isEqualTo(numbers(1, 20));
        }
    }

    @Test
    default void groups_make_progress_independently() {
        Scenario s = scenario();
        s.declare(s.group("quick"), s.group("slow"));
        s.send("k", numbers(1, 10));
        MessageConsumer<String, byte[]> quick = s.member(s.group("quick"));
        MessageConsumer<String, byte[]> slow = s.member(s.group("slow"));
        s.receive(quick, 10);
        s.receive(slow, 10);
        quick.commit();
        quick.close();
        slow.close();
        s.send("k", List.of("11"));

        assertThat(textsOf(s.receiveAll(s.member(s.group("quick")), 1))).containsExactly("11");
        assertThat(textsOf(s.receiveAll(s.member(s.group("slow")), 11))).isEqualTo(numbers(1, 11));
    }

    @Test
    default void a_group_declared_before_the_send_misses_nothing() {
        Scenario s = scenario();
        s.declare(s.group("early"));
        s.declare(s.group("early"));
        s.send("k", numbers(1, 5));
        s.sendBatch(List.of(text("k", "6"), text("other", "7"), text(null, "8")));

        MessageConsumer<String, byte[]> early = s.member(s.group("early"));

        assertThat(textsOf(s.receiveAll(early, 8))).containsExactlyInAnyOrderElementsOf(numbers(1, 8));
    }

    @Test
    default void a_group_declared_later_receives_all_later_messages() {
        Scenario s = scenario();
        s.declare(s.group("first"));
        s.send("k", numbers(1, 3));
        ConsumerOptions latest = ConsumerOptions.defaults().withStart(StartPosition.LATEST);
        s.member(s.group("late"), latest, s.topic()).close();
        s.send("k", numbers(4, 6));

        MessageConsumer<String, byte[]> late = s.member(s.group("late"), latest, s.topic());
        assertThat(textsOf(s.receiveAll(late, 3))).isEqualTo(numbers(4, 6));
        late.close();
        assertThat(textsOf(s.receiveAll(s.member(s.group("late"), latest, s.topic()), 3)))
                .as("its uncommitted messages")
                .isEqualTo(numbers(4, 6));
    }

    @Test
    default void a_later_group_that_starts_at_the_earliest_message_receives_all_or_is_refused() {
        Scenario s = scenario();
        s.declare(s.group("first"));
        s.send("k", numbers(1, 3));
        ConsumerOptions earliest = ConsumerOptions.defaults().withStart(StartPosition.EARLIEST);
        MessageConsumer<String, byte[]> late;
        try {
            late = s.member(s.newConnection(), s.group("late"), earliest, s.topic());
        } catch (MessagingException refused) {
            assertThat(refused)
                    .hasMessageContaining(
                            "messaging.subscriptions." + s.topic().name() + "." + s.group("late") + ".start=latest");
            return;
        }
        s.send("k", numbers(4, 6));

        assertThat(textsOf(s.receiveAll(late, 6))).isEqualTo(numbers(1, 6));
    }

    @Test
    default void groups_that_subscribe_before_the_first_send_miss_nothing() {
        Scenario s = scenario();
        MessageConsumer<String, byte[]> one =
                s.member(s.newConnection(), s.group("one"), ConsumerOptions.defaults(), s.topic());
        MessageConsumer<String, byte[]> two =
                s.member(s.newConnection(), s.group("two"), ConsumerOptions.defaults(), s.topic());

        s.send("k", numbers(1, 3));

        assertThat(textsOf(s.receiveAll(one, 3))).isEqualTo(numbers(1, 3));
        assertThat(textsOf(s.receiveAll(two, 3))).isEqualTo(numbers(1, 3));
    }

    @Test
    default void subscribing_declares_the_topic_and_the_group() {
        Scenario s = scenario();
        MessageConsumer<String, byte[]> member = s.member(s.group("g"));
        member.poll(Scenario.SHORT_POLL);

        s.send("k", numbers(1, 3));

        assertThat(textsOf(s.receiveAll(member, 3))).isEqualTo(numbers(1, 3));
    }

    @Test
    default void another_number_of_partitions_is_refused_and_changes_nothing() {
        Scenario s = scenario();
        assumeFalse(s.traits().locksKeys(), "a topic has no partitions: its keys are locked instead");
        Topic topic = s.topic();
        s.declare(s.group("g"));
        s.send("k", numbers(1, 2));

        assertThatThrownBy(() -> s.newConnection().declare(topic.withPartitions(topic.partitions() + 1), s.group("g")))
                .isInstanceOf(MessagingException.class)
                .hasMessageContainingAll("'" + s.topic().name() + "'", "partitions");

        s.send("k", numbers(3, 4));
        assertThat(textsOf(s.receiveAll(s.member(s.group("g")), 4))).isEqualTo(numbers(1, 4));
    }

    @Test
    default void one_member_reads_several_topics() {
        Scenario s = scenario();
        Topic retries = Topic.named(Topic.retryOf(s.topic().name(), s.group("g")));
        s.broker().declare(s.topic(), s.group("g"));
        s.broker().declare(retries, s.group("g"));
        s.producer().send(s.topic(), text("k", "fresh"));
        s.producer().send(retries, text("k", "again"));

        var member = s.member(s.broker(), s.group("g"), ConsumerOptions.defaults(), s.topic(), retries);

        assertThat(s.receiveAll(member, 2))
                .extracting(Delivery::topic, Messages::textOf)
                .containsExactlyInAnyOrder(tuple(s.topic().name(), "fresh"), tuple(retries.name(), "again"));
    }

    @Test
    default void a_topic_with_a_name_of_200_characters_works() {
        Scenario s = scenario();
        String name = s.topic().name();
        Topic longest = Topic.named(name + "-".repeat(200 - name.length()));
        s.broker().declare(longest, "g");
        s.producer().send(longest, text("k", "arrived"));

        var member = s.member(s.broker(), "g", ConsumerOptions.defaults(), longest);

        assertThat(textsOf(s.receiveAll(member, 1))).containsExactly("arrived");
    }

    @Test
    default void each_message_goes_to_one_member_of_a_group() {
        Scenario s = scenario();
        s.declare(s.group("workers"));
        TwoMembers members = TwoMembers.settled(s, s.group("workers"));
        for (int i = 1; i <= 300; i++) {
            s.producer().send(s.topic(), text("key-" + i, "work-" + i));
        }

        List<String> all = members.readUntil(texts -> texts.size() >= 300, "work-");

        assertThat(all).hasSize(300).doesNotHaveDuplicates();
        assertThat(members.first("work-")).as("the first member's share").isNotEmpty();
        assertThat(members.second("work-")).as("the second member's share").isNotEmpty();
    }

    @Test
    default void a_poll_returns_at_most_max_poll_messages() {
        Scenario s = scenarioWithGroup();
        numbers(1, 25).forEach(n -> s.send(n, List.of(n)));
        MessageConsumer<String, byte[]> member = s.member(s.group("g"), 10);
        int received = 0;
        while (received < 25) {
            List<Delivery<String, byte[]>> polled = member.poll(s.patience());
            assertThat(polled).hasSizeBetween(1, 10);
            received += polled.size();
        }
        assertThat(s.rest(member)).isEmpty();
    }

    @Test
    default void a_poll_without_messages_returns_after_its_timeout() {
        Scenario s = scenarioWithGroup();
        MessageConsumer<String, byte[]> member = s.member(s.group("g"));
        member.poll(Scenario.SHORT_POLL);

        long started = System.nanoTime();
        assertThat(member.poll(Duration.ofMillis(500))).isEmpty();
        long millis = (System.nanoTime() - started) / 1_000_000;

        assertThat(millis).isBetween(250L, 20_000L);
    }

    @Test
    default void a_waiting_poll_returns_when_a_message_arrives() {
        Scenario s = scenarioWithGroup();
        MessageConsumer<String, byte[]> member = s.member(s.group("g"));
        s.send("k", List.of("warm-up"));
        s.receive(member, 1);
        member.commit();
        var later = CompletableFuture.runAsync(() -> s.send("k", List.of("now")));

        long started = System.nanoTime();
        List<Delivery<String, byte[]>> polled = member.poll(s.patience());
        long seconds = (System.nanoTime() - started) / 1_000_000_000;

        later.join();
        assertThat(textsOf(polled)).containsExactly("now");
        assertThat(seconds).isLessThan(s.patience().toSeconds() / 2);
    }
}
