package io.orderflow.messaging.testkit;

import static io.orderflow.messaging.testkit.Messages.numbers;
import static io.orderflow.messaging.testkit.Messages.text;
import static io.orderflow.messaging.testkit.Messages.textsOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.MessagingException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Guarantees when a topic in use is deleted on the broker. */
interface DeletionScenarios extends InScenario {

    /**
     * The topic's messages are deleted with it. After its next declaration, which the library makes after a failed send and
     * before each subscription, no accepted message is lost.
     */
    @Test
    default void a_topic_deleted_while_it_is_read_is_created_again_and_loses_no_message_accepted_afterwards() {
        Scenario s = scenarioWithGroup();
        Reader reader = s.reader(s.group("g"), 10);
        s.send("k", numbers(1, 5));
        reader.stepUntil(() -> textsOf(reader.received()).containsAll(numbers(1, 5)), s.patience());

        s.faults().deleteTopic(s.group("g"));

        SenderThreads.untilItWorks(s.patience(), () -> {
            reader.step();
            s.declare(s.group("g"));
            s.producer().send(s.topic(), text("k", "created again"));
        });
        numbers(6, 10)
                .forEach(n -> SenderThreads.untilItWorks(s.patience(), () -> {
                    s.declare(s.group("g"));
                    s.producer().send(s.topic(), text("k", n));
                }));
        reader.stepUntil(() -> textsOf(reader.received()).containsAll(numbers(6, 10)), s.patience());
        assertThat(Set.copyOf(textsOf(reader.received()))).contains("created again");
    }

    @Test
    default void a_deleted_topic_refuses_or_keeps_later_messages() {
        Scenario s = scenarioWithGroup();
        s.send("k", numbers(1, 5));

        s.faults().deleteTopic(s.group("g"));

        SenderThreads.untilItWorks(s.patience(), () -> {
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
