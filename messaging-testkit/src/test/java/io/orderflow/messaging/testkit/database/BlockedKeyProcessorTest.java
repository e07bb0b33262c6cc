package io.orderflow.messaging.testkit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.ordering.BlockedKeyProcessor;
import io.orderflow.messaging.outbox.JdbcOutbox;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

class BlockedKeyProcessorTest {

    private static final int BLOCKED = 100_000;
    private static final int ROUNDS = 20;

    @Test
    void keys_that_are_due_later_are_not_read_in_search_of_one_that_is() throws Exception {
        try (HikariDataSource database = Databases.fresh()) {
            JdbcClient jdbc = JdbcClient.create(database);
            jdbc.sql(
                            "insert into messaging_held_key (consumer_group, topic, key_name, due_at)"
                                    + " select 'stock', 'orders', int4send(i), now() + interval '1 day' from generate_series(1, ?) i")
                    .param(BLOCKED)
                    .update();
            BlockedKeyProcessor due = new BlockedKeyProcessor(
                    database, new JdbcTransactionManager(database), new JdbcOutbox(database, partitions -> {}));
            Subscription stock = new Subscription("orders", "stock", 1, ConsumerOptions.defaults());

            for (int i = 0; i < ROUNDS; i++) {
                assertThat(due.handleNext(stock, (first, keepLease) -> {
                            throw new AssertionError("none is due");
                        }))
                        .isFalse();
                assertThat(due.untilNextDue(stock)).isGreaterThan(Duration.ofHours(23));
            }

            await().until(() -> read(jdbc, "idx_scan") >= 2 * ROUNDS); // published by the database once a second
            assertThat(read(jdbc, "idx_tup_read")).isLessThan(BLOCKED / 10);
        }
    }

    private static long read(JdbcClient jdbc, String statistic) {
        return jdbc.sql("select " + statistic
                        + " from pg_stat_user_indexes where indexrelname = 'messaging_held_key_due'")
                .query(Long.class)
                .single();
    }
}
