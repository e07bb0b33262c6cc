package io.orderflow.messaging.testkit.database;

import static io.orderflow.messaging.testkit.database.OutboxScenario.PATIENCE;
import static io.orderflow.messaging.testkit.database.OutboxScenario.beforeCommit;
import static io.orderflow.messaging.testkit.database.OutboxScenario.message;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The order of messages, whichever transaction commits first and with any number of relays. */
interface OutboxOrderScenarios extends InOutboxScenario {

    @Test
    default void a_transaction_with_a_lower_id_that_commits_last_loses_no_message() throws Exception {
        OutboxScenario s = scenario();
        s.relay();
        CountDownLatch overtaken = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        ExecutorService other = s.threads(1);
        Future<?> slow = other.submit(() -> s.inTransaction(() -> {
            s.add("slow", "slow");
            // registered after the message was added, and so called after its row was inserted
            beforeCommit(() -> {
                written.countDown();
                overtaken.await();
            });
        }));
        written.await();
        for (int i = 0; i < 300; i++) { // until the relay has read ids far above
            String text = "fast " + i;
            s.inTransaction(() -> s.add("fast", text));
            int sent = i + 1;
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> s.sends().all().size() >= sent);
        }
        overtaken.countDown();
        slow.get();

        s.awaitSent(301);
        assertThat(s.sends().firsts().get(300)).isEqualTo("slow");
    }

    @Test
    default void four_relays_keep_the_events_of_each_of_20_orders_in_order() throws Exception {
        OutboxScenario s = scenario();
        for (int i = 0; i < 4; i++) {
            s.relay();
        }
        int orders = 20;
        int events = 200;
        ExecutorService writers = s.threads(8);
        IntStream.range(0, orders)
                .forEach(order -> s.jdbc()
                        .sql("insert into orders values (?, 0)")
                        .param("order-" + order)
                        .update());
        List<Future<?>> writing = new ArrayList<>();
        for (int event = 0; event < events; event++) {
            for (int order = 0; order < orders; order++) {
                String id = "order-" + order;
                writing.add(writers.submit(() -> s.inTransaction(() -> {
                    int number = s.jdbc()
                            .sql("update orders set events = events + 1 where id = ? returning events")
                            .param(id)
                            .query(Integer.class)
                            .single();
                    s.add(id, Integer.toString(number));
                })));
            }
        }
        for (Future<?> each : writing) {
            each.get();
        }

        s.awaitEmpty();
        List<String> inOrder =
                IntStream.rangeClosed(1, events).mapToObj(Integer::toString).toList();
        Map<String, List<String>> arrived = s.distinct().stream()
                .collect(groupingBy(sent -> sent.message().key(), mapping(RecordingProducer.Sent::text, toList())));
        assertThat(arrived)
                .hasSize(orders)
                .allSatisfy((order, numbers) -> assertThat(numbers).as(order).isEqualTo(inOrder));
    }

    @Test
    default void messages_of_one_transaction_and_key_keep_their_order() {
        OutboxScenario s = scenario();
        s.relay();
        List<String> texts =
                IntStream.range(0, 1_500).mapToObj(Integer::toString).toList();
        s.inTransaction(() -> texts.forEach(text -> s.add("a", text)));

        s.awaitSent(texts.size());
        assertThat(s.sends().firsts()).isEqualTo(texts);
    }

    @Test
    default void only_the_databases_clock_counts_for_a_delay() {
        OutboxScenario s = scenario();
        Duration delay = Duration.ofSeconds(3);
        s.inTransaction(() -> s.outbox().addAfter(delay, "orders", List.of(message("a", "alone"))));
        s.inTransaction(() ->
                s.outbox().addAfter(delay, "orders", List.of(message("a", "two"), message("b", "together"))));

        List<Double> seconds = s.jdbc()
                .sql("select extract(epoch from not_before - created_at) from messaging_outbox")
                .query(Double.class)
                .list();
        assertThat(seconds).hasSize(3).allSatisfy(each -> assertThat(each).isCloseTo(3, within(0.1)));
        s.relay();
        s.awaitSent(3);
    }

    @Test
    default void a_delayed_message_is_not_sent_before_its_time_and_blocks_no_other() {
        OutboxScenario s = scenario();
        s.relay();
        Instant due = Instant.now().plusSeconds(2);
        s.inTransaction(() -> {
            s.outbox().addNotBefore(due, "orders", List.of(message("a", "later")));
            s.add("a", "now");
        });

        s.awaitSent(1);
        assertThat(s.sends().firsts()).containsExactly("now");
        s.awaitSent(2);
        assertThat(Duration.between(due, Instant.now())).isBetween(Duration.ofMillis(-5), Duration.ofSeconds(2));
        s.awaitEmpty();
    }
}
