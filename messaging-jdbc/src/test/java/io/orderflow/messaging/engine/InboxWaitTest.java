package io.orderflow.messaging.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.memory.MemoryBroker;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A member waits for another one that is handling the same message, for longer than its connection's socket time-out. */
class InboxWaitTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Handled handled = Handled.inFreshDatabase();
    private final Handled impatient = Handled.in(handled.url() + "&socketTimeout=3");
    private final MessageBroker broker = new MemoryBroker();

    @AfterEach
    void close() {
        impatient.close();
        handled.close();
    }

    @Test
    void the_wait_cuts_no_connection_spends_no_attempt_and_ends_when_the_other_one_does() throws Exception {
        broker.declare(Topic.named("counts"), "test");
        EventSubscription subscription = EventSubscription.of("counts", "test")
                .on(Counted.class, "counted.v1", (counted, context) -> impatient.note(counted.key(), counted.number()));
        try (Connection other = handled.database().getConnection();
                Instance instance = Instance.start(broker, impatient.database(), subscription)) {
            other.setAutoCommit(false);
            other.createStatement()
                    .executeUpdate("insert into messaging_inbox (consumer_group, topic, source, message_id)"
                            + " values ('test', 'counts', '', 'a-1')");
            broker.producer().send(Topic.named("counts"), Counted.message("a", 1));

            await().until(() -> waiting().size() == 1);
            Map<String, Object> first = waiting().get(0);
            List<Map<String, Object>> again = await().atMost(PATIENCE)
                    .until(this::waiting, rows -> rows.stream().anyMatch(each -> !each.equals(first)));
            assertThat(again)
                    .as("who waits: a connection that is cut goes on waiting, on the server")
                    .extracting(each -> each.get("pid"))
                    .containsExactly(first.get("pid"));

            other.rollback();
            await().untilAsserted(() -> assertThat(handled.of("a")).containsExactly(1));
            assertThat(instance.count("messaging.retried")).isZero();
        }
    }

    /** The connections that wait for another's row, and since when their transactions have been under way. */
    private List<Map<String, Object>> waiting() {
        return handled.jdbc()
                .sql("select pid, xact_start from pg_stat_activity"
                        + " where datname = current_database() and wait_event_type = 'Lock'")
                .query()
                .listOfRows();
    }
}
