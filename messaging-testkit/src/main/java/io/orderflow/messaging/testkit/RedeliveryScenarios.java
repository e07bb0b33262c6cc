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

/** What comes again, and what does not. */
interface RedeliveryScenarios extends InScenario {

    @Test
    default void what_was_not_committed_comes_again_before_newer_messages() {
        Scenario s = scenario();
        s.declare(s.group("g"));
        s.send("k", numbers(1, 10));
        MessageConsumer<String, byte[]> first = s.member(s.group("g"), 5);
        List<String> held = textsOf(s.receive(first, 5)); // or some more, if the first poll brought fewer
        assertThat(held).isEqualTo(numbers(1, held.size()));
        first.close();
        s.send("k", numbers(11, 12));

        assertThat(textsOf(s.receiveAll(s.member(s.group("g"), 5), 12))).isEqualTo(numbers(1, 12));
    }

    @Test
    default void what_was_committed_is_done() {
        Scenario s = scenario();
        s.declare(s.group("g"));
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
    default void what_was_committed_is_done_after_a_reconnect_too() {
        Scenario s = scenario();
        s.declare(s.group("g"));
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
    default void a_commit_covers_what_was_polled_and_not_what_was_fetched_ahead() {
        Scenario s = scenario();
        s.declare(s.group("g"));
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
        Scenario s = scenario();
        s.declare(s.group("g"));
        s.send("k", numbers(1, 20));
        MessageConsumer<String, byte[]> first = s.member(s.group("g"), 4);
        assertThat(textsOf(s.receiveAll(first, 20)))
                .as("a poll does not repeat what is not committed yet")
                .isEqualTo(numbers(1, 20));
        first.commit();
        first.close();
        s.send("k", List.of("marker"));

        assertThat(textsOf(s.receiveAll(s.member(s.group("g")), 1))).containsExactly("marker");
    }

    @Test
    default void a_commit_of_nothing_does_nothing() {
        Scenario s = scenario();
        s.declare(s.group("g"));
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
    default void closing_gives_back_at_once_to_a_member_that_is_there() {
        Scenario s = scenario();
        s.declare(s.group("g"));
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
        Scenario s = scenario();
        s.declare(s.group("g"));
        s.send("k", numbers(1, 5));
        MessageConsumer<String, byte[]> zombie = s.member(s.group("g"));
        s.receive(zombie, 5);
        zombie.close();

        assertThatThrownBy(zombie::commit).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> zombie.poll(Scenario.SHORT_POLL)).isInstanceOf(RuntimeException.class);
        assertThat(textsOf(s.receiveAll(s.member(s.group("g")), 5))).isEqualTo(numbers(1, 5));
    }

    @Test
    default void a_message_that_always_fails_comes_again_and_is_gone_once_it_is_committed() {
        Scenario s = scenario();
        s.declare(s.group("g"));
        s.sendBatch(List.of(text("k", "poison"), text("k", "next")));
        for (int attempt = 0; attempt < 5; attempt++) {
            MessageConsumer<String, byte[]> failing = s.member(s.group("g"), 1);
            assertThat(textsOf(s.receive(failing, 1))).containsExactly("poison");
            failing.close();
        }
        MessageConsumer<String, byte[]> givingUp = s.member(s.group("g"), 1);
        assertThat(textsOf(s.receive(givingUp, 1))).containsExactly("poison");
        givingUp.commit();
        givingUp.close();

        assertThat(textsOf(s.receiveAll(s.member(s.group("g")), 1))).containsExactly("next");
    }

    @Test
    default void what_a_member_held_that_died_goes_to_another_one() {
        Scenario s = scenario();
        s.declare(s.group("g"));
        s.send("k", numbers(1, 10));
        Duration memberTimeout = Duration.ofSeconds(8);
        try (DyingMember dying = DyingMember.of(s, s.group("g"), memberTimeout)) {
            dying.pollAndDie(10);
        }
        var options =
                ConsumerOptions.defaults().withMemberTimeout(memberTimeout).withPollHandling(memberTimeout);
        var survivor = s.member(s.group("g"), options, s.topic());

        assertThat(textsOf(s.receiveAll(survivor, 10))).isEqualTo(numbers(1, 10));
    }
}
