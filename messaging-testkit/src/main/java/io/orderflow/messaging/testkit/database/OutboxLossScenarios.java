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

/** Nothing is lost, whatever is away, and what cannot be sent holds up no more than it must. */
interface OutboxLossScenarios extends InOutboxScenario {

    @Test
    default void nothing_of_eight_concurrent_writers_is_lost() throws Exception {
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
    default void what_was_added_while_no_relay_ran_is_sent_by_the_next_one() {
        OutboxScenario s = scenario();
        IntStream.range(0, 50).forEach(i -> s.inTransaction(() -> s.add("key-" + i, Integer.toString(i))));
        s.relay();

        s.awaitSent(50);
    }

    @Test
    default void while_the_broker_is_away_adding_goes_on_and_all_arrives_afterwards() {
        OutboxScenario s = scenario();
        s.relay();
        s.sends().away(true);
        long start = System.nanoTime();
        IntStream.range(0, 1_000).forEach(i -> s.inTransaction(() -> s.add("key-" + i % 7, Integer.toString(i))));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(s.sends().all()).isEmpty();
        s.sends().away(false);

        s.awaitSent(1_000);
        assertThat(s.sends().firsts()).hasSize(1_000);
        assertThat(took).as("1,000 transactions while the broker was away").isLessThan(Duration.ofSeconds(30));
    }

    @Test
    default void a_topic_that_cannot_be_sent_to_holds_up_no_other() {
        OutboxScenario s = scenario();
        s.relay(new MessageProducer<>() {
            @Override
            public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
                if (topic.name().equals("gone")) {
                    throw new MessagingException("The topic is gone.", null);
                }
                s.sends().sendBatch(topic, messages);
            }

            @Override
            public void close() {}
        });
        s.inTransaction(() -> s.outbox().add("gone", List.of(message("a", "waits"))));
        for (int i = 0; i < 20; i++) {
            s.inTransaction(() -> s.add("a", "flows"));
        }

        s.awaitSent(20);
    }

    @Test
    default void a_message_that_is_refused_for_good_holds_up_its_key_and_no_other() {
        OutboxScenario s = scenario();
        s.sends().refuse(sent -> sent.text().equals("poison"));
        s.inTransaction(() -> {
            for (int i = 0; i < 100; i++) {
                s.add("sick", i == 50 ? "poison" : "sick " + i);
                s.add("well-" + i, "well");
            }
        });
        s.relay();

        s.awaitSent(150);
        s.inTransaction(() -> s.add("sick", "sick 100"));
        s.inTransaction(() -> s.add("well", "well"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(s.texts("well")).hasSize(101));
        assertThat(s.texts("sick")).hasSize(50).last().isEqualTo("sick 49");
        assertThat(s.rows()).isEqualTo(51);
    }
}
