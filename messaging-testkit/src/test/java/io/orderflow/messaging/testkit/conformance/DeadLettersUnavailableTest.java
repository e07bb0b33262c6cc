package io.orderflow.messaging.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.memory.MemoryBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While the dead-letter topic is unavailable, a poison message is not acknowledged, and is delivered again until it is dead-lettered. */
class DeadLettersUnavailableTest {

    private static final String SCENARIO = "the_dead_letters_are_exactly_the_poison_messages";

    @TempDir
    Path reports;

    @Test
    void no_poison_message_is_lost_while_its_dead_letter_topic_is_unavailable() {
        AtomicInteger refusals = new AtomicInteger();
        MessageBroker refusing = new TamperedBroker(new MemoryBroker()) {
            @Override
            public MessageProducer<String, byte[]> producer() {
                return new TamperedProducer(super.producer()) {
                    @Override
                    public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
                        if (topic.isDeadLetters() && refusals.incrementAndGet() <= 3) {
                            throw new MessagingException("The dead-letter topic is unavailable.", null);
                        }
                        super.sendBatch(topic, messages);
                    }
                };
            }
        };

        var results = SuiteRun.over(refusing, null, Set.of(SCENARIO), SuiteRun.LONG, reports);

        assertThat(refusals).hasValueGreaterThan(3);
        assertThat(results).containsEntry(SCENARIO, "passed");
    }
}
