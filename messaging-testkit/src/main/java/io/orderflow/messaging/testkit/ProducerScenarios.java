package io.orderflow.messaging.testkit;

import static io.orderflow.messaging.testkit.Messages.bytes;
import static io.orderflow.messaging.testkit.Messages.numbers;
import static io.orderflow.messaging.testkit.Messages.text;
import static io.orderflow.messaging.testkit.Messages.textsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.MessagingException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Guarantees of sending and closing. */
interface ProducerScenarios extends InScenario {

    @Test
    default void a_batch_of_5000_arrives_completely() {
        Scenario s = scenarioWithGroup();
        s.sendBatch(numbers(1, 5000).stream().map(n -> text("k", n)).toList());

        Reader reader = s.reader(s.group("g"), 500);
        reader.stepUntil(() -> reader.received().size() >= 5000, s.patience());

        assertThat(reader.step()).isEmpty();
        assertThat(textsOf(reader.received())).isEqualTo(numbers(1, 5000));
    }

    @Test
    default void an_empty_batch_sends_nothing() {
        Scenario s = scenarioWithGroup();
        s.sendBatch(List.of());
        s.send("k", List.of("only"));

        assertThat(textsOf(s.receiveAll(s.member(s.group("g")), 1))).containsExactly("only");
    }

    @Test
    default void a_message_that_is_too_large_is_rejected_and_the_next_one_is_accepted() {
        Scenario s = scenario();
        int most = s.traits().limits().messageBytes();
        assumeTrue(most <= RoundTripScenarios.LARGEST_TRIED, "no limit that this test could exceed");
        s.declare(s.group("g"));
        Message<String, byte[]> tooLarge = bytes("k", new byte[2 * most]);

        assertThatThrownBy(() -> s.sendBatch(List.of(text("k", "beside"), tooLarge)))
                .isInstanceOf(MessageRejectedException.class);
        assertThatThrownBy(() -> s.producer().send(s.topic(), tooLarge)).isInstanceOf(MessageRejectedException.class);
        s.send("k", List.of("after"));

        assertThat(textsOf(s.receiveAll(s.member(s.group("g")), 1)))
                .contains("after")
                .isSubsetOf("beside", "after");
    }

    @Test
    default void a_closed_producer_sends_nothing() {
        Scenario s = scenarioWithGroup();
        var closed = s.broker().producer();
        closed.send(s.topic(), text("k", "before"));
        closed.close();
        closed.close();

        assertThatThrownBy(() -> closed.send(s.topic(), text("k", "after"))).isInstanceOf(MessagingException.class);
        s.send("k", List.of("by another producer"));

        assertThat(textsOf(s.receiveAll(s.member(s.group("g")), 2))).containsExactly("before", "by another producer");
    }

    @Test
    default void closing_twice_does_nothing() {
        Scenario s = scenarioWithGroup();
        var connection = s.newConnection();
        var producer = connection.producer();
        var member = connection.consumer(s.group("g"), ConsumerOptions.defaults());
        member.subscribe(List.of(s.topic()));
        producer.send(s.topic(), text("k", "sent"));
        s.receive(member, 1);
        for (int i = 0; i < 2; i++) {
            member.close();
            producer.close();
            connection.close();
        }

        assertThat(textsOf(s.receiveAll(s.member(s.group("g")), 1))).containsExactly("sent");
    }

    @Test
    default void unused_producers_and_consumers_can_be_closed() {
        Scenario s = scenario();
        var connection = s.newConnection();
        connection.producer().close();
        connection.consumer(s.group("g"), ConsumerOptions.defaults()).close();
        connection.close();
    }

    @Test
    default void a_ping_is_answered() {
        scenario().broker().ping(Duration.ofSeconds(20));
    }
}
