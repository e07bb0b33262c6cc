package io.orderflow.messaging.testkit.database;

import static io.orderflow.messaging.testkit.database.OutboxScenario.PATIENCE;
import static io.orderflow.messaging.testkit.database.OutboxScenario.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** No message is lost, and one that cannot be sent blocks no other than it must. */
interface OutboxLossScenarios extends InOutboxScenario {

    @Test
    default void eight_concurrent_writers_lose_no_message() throws Exception {
        OutboxScenario s = scenario();
        s.relay();
        s.relay();
        ExecutorService writers = s.threads(8);
        List<Future<?>> writing = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            int number = i;
            writing.add(writers.submit(() -> s.inTransaction(() -> {
                s.add("key-" + number % 97, "a" + number);
                if (number % 10 == 0) {
                    s.add("key-" + number % 89, "b" + number);
                }
            })));
        }
        for (Future<?> each : writing) {
            each.get();
        }

        s.awaitEmpty();
        assertThat(s.sends().firsts()).hasSize(2_200).doesNotHaveDuplicates();
    }

    @Test
    default void messages_added_while_no_relay_runs_are_sent_by_the_next_one() {
        OutboxScenario s = scenario();
        IntStream.range(0, 50).forEach(i -> s.inTransaction(() -> s.add("key-" + i, Integer.toString(i))));
        s.relay();

        s.awaitSent(50);
    }

    @Test
    default void messages_added_while_the_broker_is_unavailable_arrive_afterwards() {
        OutboxScenario s = scenario();
        s.relay();
        s.sends().unavailable(true);
        long start = System.nanoTime();
        IntStream.range(0, 1_000).forEach(i -> s.inTransaction(() -> s.add("key-" + i % 7, Integer.toString(i))));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(s.sends().all()).isEmpty();
        s.sends().unavailable(false);

        s.awaitSent(1_000);
        assertThat(s.sends().firsts()).hasSize(1_000);
        assertThat(took)
                .as("1,000 transactions while the broker was unavailable")
                .isLessThan(Duration.ofSeconds(30));
    }

    @Test
    default void a_topic_that_cannot_be_sent_to_blocks_no_other() {
        OutboxScenario s = scenario();
        s.relay(new MessageProducer<>() {
            @Override
            public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
                if (topic.name().equals("deleted")) {
                    throw new MessagingException("The topic is deleted.", null);
                }
                s.sends().sendBatch(topic, messages);
            }

            @Override
            public void close() {}
        });
        s.inTransaction(() -> s.outbox().add("deleted", List.of(message("a", "waits"))));
        for (int i = 0; i < 20; i++) {
            s.inTransaction(() -> s.add("a", "flows"));
        }

        s.awaitSent(20);
    }

    @Test
    default void a_rejected_message_blocks_its_key_and_no_other() {
        OutboxScenario s = scenario();
        s.sends().reject(sent -> sent.text().equals("poison"));
        s.inTransaction(() -> {
            for (int i = 0; i < 100; i++) {
                s.add("blocked", i == 50 ? "poison" : "blocked " + i);
                s.add("free-" + i, "free");
            }
        });
        s.relay();

        s.awaitSent(150);
        s.inTransaction(() -> s.add("blocked", "blocked 100"));
        s.inTransaction(() -> s.add("free", "free"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(s.texts("free")).hasSize(101));
        assertThat(s.texts("blocked")).hasSize(50).last().isEqualTo("blocked 49");
        assertThat(s.rows()).isEqualTo(51);
    }
}
