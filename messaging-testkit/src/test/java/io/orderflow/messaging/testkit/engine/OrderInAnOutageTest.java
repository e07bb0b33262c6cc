package io.orderflow.messaging.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.Topic;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.memory.MemoryBroker;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A held key whose message needs something that is away. */
class OrderInAnOutageTest {

    private static final Duration A_FEW_PROBES = Duration.ofSeconds(6);

    private final Handled handled = Handled.inFreshDatabase();
    private final MemoryBroker broker = new MemoryBroker();
    private volatile boolean away = true;

    @AfterEach
    void close() {
        handled.close();
    }

    /** One that is open for long keeps the database from clearing up, and the outbox's relay slows down. */
    @Test
    void waits_for_the_end_of_the_outage_without_an_open_transaction() {
        broker.declare(Topic.named("counts"), "test");
        EventSubscription subscription = EventSubscription.of("counts", "test")
                .on(Counted.class, "counted.v1", (counted, context) -> {
                    if (away) {
                        throw new IllegalStateException("No label.", new ConnectException("refused"));
                    }
                    handled.note(counted.key(), counted.number());
                })
                .keepingOrder();
        try (Instance instance = Instance.start(broker, handled.database(), subscription)) {
            broker.producer()
                    .sendBatch(
                            "counts",
                            List.of(Counted.message("a", 0), Counted.message("a", 1), Counted.message("a", 2)));
            await().until(() -> handled.parked() == 3);

            await().during(A_FEW_PROBES)
                    .atMost(A_FEW_PROBES.multipliedBy(4))
                    .untilAsserted(() ->
                            assertThat(openForASecond()).as("transactions open").isZero());
            away = false;
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(handled.of("a")).containsExactly(0, 1, 2));
        }
    }

    private long openForASecond() {
        return handled.jdbc()
                .sql("select count(*) from pg_stat_activity where datname = current_database()"
                        + " and state like 'idle in transaction%'"
                        + " and clock_timestamp() - xact_start > interval '1 second'")
                .query(Long.class)
                .single();
    }
}
