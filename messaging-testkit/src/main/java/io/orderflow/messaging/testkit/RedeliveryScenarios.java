package io.orderflow.messaging.testkit;

import static io.orderflow.messaging.testkit.Messages.numbers;
import static io.orderflow.messaging.testkit.Messages.text;
import static io.orderflow.messaging.testkit.Messages.textsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which messages are delivered again. */
interface RedeliveryScenarios extends InScenario {

    @Test
    default void uncommitted_messages_are_delivered_again_before_newer_ones() {
        Scenario s = scenarioWithGroup();
        s.send("k", numbers(1, 10));
        MessageConsumer<String, byte[]> first = s.member(s.group("g"), 5);
        List<String> polled = textsOf(s.receive(first, 5)); // or more, if the first poll returned fewer
        assertThat(polled).isEqualTo(numbers(1, polled.size()));
        first.close();
        s.send("k", numbers(11, 12));

        assertThat(textsOf(s.receiveAll(s.member(s.group("g"), 5), 12))).isEqualTo(numbers(1, 12));
    }

    @Test
    default void committed_messages_are_not_delivered_again() {
        Scenario s = scenarioWithGroup();
        s.send("k", numbers(1, 10));
        MessageConsumer<String, byte[]> first = s.member(s.group("g"), 3);
        for (int received = 0; received < 10; ) {
            received += s.receive(first, 1).size();
            first.commit();
        }
        first.close();
        s.send("k", List.of("marker"));

        assertThat(textsOf(s.receiveAll(s.member(s.group("g")), 1))).containsExactly("marker");
    }

    @Test
    default void committed_messages_are_not_delivered_again_after_a_reconnect() {
        Scenario s = scenarioWithGroup();
        s.send("k", numbers(1, 10));
        MessageBroker connection = s.newConnection();
        var first = s.member(connection, s.group("g"), ConsumerOptions.defaults(), s.topic());
        s.receive(first, 10);
        first.commit();
        first.close();
        connection.close();
        s.send("k", List.of("marker"));

        var second = s.member(s.newConnection(), s.group("g"), ConsumerOptions.defaults(), s.topic());
        assertThat(textsOf(s.receiveAll(second, 1))).containsExactly("marker");
    }

    @Test
    default void a_commit_covers_polled_messages_and_not_prefetched_ones() {
        Scenario s = scenarioWithGroup();
        s.send("k", numbers(1, 20));
        MessageConsumer<String, byte[]> first = s.member(s.group("g"), 5);
        List<String> polled = textsOf(s.receive(first, 5));
        first.commit();
        first.close();

        assertThat(textsOf(s.receiveAll(s.member(s.group("g"), 5), 20 - polled.size())))
                .isEqualTo(numbers(polled.size() + 1, 20));
    }

    @Test
    default void one_commit_covers_several_polls() {
        Scenario s = scenarioWithGroup();
        numbers(1, 20).forEach(n -> s.send(n, List.of(n)));
        MessageConsumer<String, byte[]> first = s.member(s.group("g"), 4);
        assertThat(textsOf(s.receiveUncommitted(first, 20)))
                .as("a poll does not repeat uncommitted messages")
                .containsExactlyInAnyOrderElementsOf(numbers(1, 20));
        assertThat(s.rest(first)).isEmpty();
        first.commit();
        first.close();
        s.send("k", List.of("marker"));

        assertThat(textsOf(s.receiveAll(s.member(s.group("g")), 1))).containsExactly("marker");
    }

    @Test
    default void a_commit_without_polled_messages_does_nothing() {
        Scenario s = scenarioWithGroup();
        MessageConsumer<String, byte[]> member = s.member(s.group("g"));
        member.poll(Scenario.SHORT_POLL);
        member.commit();
        s.send("k", numbers(1, 3));
        assertThat(textsOf(s.receive(member, 3))).isEqualTo(numbers(1, 3));
        member.commit();
        member.commit();
        member.close();
        s.send("k", List.of("marker"));

        assertThat(textsOf(s.receiveAll(s.member(s.group("g")), 1))).containsExactly("marker");
    }

    @Test
    default void closing_a_member_returns_its_messages_to_another_one_at_once() {
        Scenario s = scenarioWithGroup();
        s.send("k", numbers(1, 10));
        var patient = ConsumerOptions.defaults().withMemberTimeout(Duration.ofSeconds(45));
        var first = s.member(s.group("g"), patient, s.topic());
        s.receive(first, 10);
        var second = s.member(s.group("g"), patient, s.topic());
        first.close();

        long started = System.nanoTime();
        List<String> received = textsOf(s.receiveAll(second, 10));
        long seconds = (System.nanoTime() - started) / 1_000_000_000;

        assertThat(received).isEqualTo(numbers(1, 10));
        assertThat(seconds).as("seconds, where the member time-out is 45").isLessThan(30);
    }

    @Test
    default void a_closed_member_neither_polls_nor_commits() {
        Scenario s = scenarioWithGroup();
        s.send("k", numbers(1, 5));
        MessageConsumer<String, byte[]> closed = s.member(s.group("g"));
        s.receive(closed, 5);
        closed.close();

        assertThatThrownBy(closed::commit).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> closed.poll(Scenario.SHORT_POLL)).isInstanceOf(RuntimeException.class);
        assertThat(textsOf(s.receiveAll(s.member(s.group("g")), 5))).isEqualTo(numbers(1, 5));
    }

    @Test
    default void an_uncommitted_message_is_delivered_again_until_it_is_committed() {
        Scenario s = scenarioWithGroup();
        s.sendBatch(List.of(text("k", "poison"), text("k", "next")));
        for (int attempt = 0; attempt < 5; attempt++) {
            MessageConsumer<String, byte[]> failing = s.member(s.group("g"), 1);
            assertThat(textsOf(s.receive(failing, 1))).containsExactly("poison");
            failing.close();
        }
        MessageConsumer<String, byte[]> committing = s.member(s.group("g"), 1);
        assertThat(textsOf(s.receive(committing, 1))).containsExactly("poison");
        committing.commit();
        committing.close();

        assertThat(textsOf(s.receiveAll(s.member(s.group("g")), 1))).containsExactly("next");
    }

    @Test
    default void messages_of_a_killed_member_go_to_another_one() {
        Scenario s = scenarioWithGroup();
        s.send("k", numbers(1, 10));
        Duration memberTimeout = Duration.ofSeconds(8);
        try (KilledMember killed = KilledMember.of(s, s.group("g"), memberTimeout)) {
            killed.pollAndKill(10);
        }
        var options =
                ConsumerOptions.defaults().withMemberTimeout(memberTimeout).withPollHandling(memberTimeout);
        var survivor = s.member(s.group("g"), options, s.topic());

        assertThat(textsOf(s.receiveAll(survivor, 10))).isEqualTo(numbers(1, 10));
    }
}
