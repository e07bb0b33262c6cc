package io.orderflow.messaging.testkit;

import static io.orderflow.messaging.testkit.Messages.numbers;
import static io.orderflow.messaging.testkit.Messages.text;
import static io.orderflow.messaging.testkit.Messages.textsOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.MessagingException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds when somebody deletes on the broker what is in use. */
interface DeletionScenarios extends InScenario {

    /**
     * What was in the topic is gone with it. From its next declaration on, which the library makes after a failed send
     * and before each subscription, nothing accepted is lost.
     */
    @Test
    default void a_topic_deleted_under_a_member_comes_back_and_loses_nothing_that_is_accepted_afterwards() {
        Scenario s = scenario();
        s.declare(s.group("g"));
        Reader reader = s.reader(s.group("g"), 10);
        s.send("k", numbers(1, 5));
        reader.stepUntil(() -> textsOf(reader.received()).containsAll(numbers(1, 5)), s.patience());

        s.deleteTopic(s.group("g"));

        Senders.untilItWorks(s.patience(), () -> {
            reader.step();
            s.declare(s.group("g"));
            s.producer().send(s.topic(), text("k", "back"));
        });
        numbers(6, 10)
                .forEach(n -> Senders.untilItWorks(s.patience(), () -> {
                    s.declare(s.group("g"));
                    s.producer().send(s.topic(), text("k", n));
                }));
        reader.stepUntil(() -> textsOf(reader.received()).containsAll(numbers(6, 10)), s.patience());
        assertThat(Set.copyOf(textsOf(reader.received()))).contains("back");
    }

    @Test
    default void a_deleted_topic_refuses_or_keeps_what_is_sent_to_it() {
        Scenario s = scenario();
        s.declare(s.group("g"));
        s.send("k", numbers(1, 5));

        s.deleteTopic(s.group("g"));

        Senders.untilItWorks(s.patience(), () -> {
            try {
                s.producer().send(s.topic(), text("k", "after"));
            } catch (MessagingException refused) {
                s.declare(s.group("g"));
                throw refused;
            }
        });
        Reader reader = s.reader(s.group("g"), 10);
        reader.stepUntil(() -> textsOf(reader.received()).contains("after"), s.patience());
    }
}
